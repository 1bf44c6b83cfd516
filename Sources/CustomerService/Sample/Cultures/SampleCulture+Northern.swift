extension SampleCulture {
    static let northern = [
        SampleCulture(
            "NL",
            4,
            given: "Noah Emma Sem Julia Liam Mila Daan Tess Finn Sophie Joris Maud Jasmijn Thijs Fenna Youssef Anouk",
            family: "de_Jong Jansen de_Vries van_den_Berg Bakker van_Dijk Visser Smit Meijer de_Boer Mulder Özdemir",
            cities: "Amsterdam Rotterdam Den_Haag Utrecht Eindhoven Groningen Tilburg Almere Breda Nijmegen",
            streets: "Dorpsstraat_# Kerkstraat_# Molenweg_# Prinsengracht_# Schoolstraat_# Stationsplein_#",
            postal: "%### @@",
            phone: "+31 6 %#######"
        ),
        SampleCulture(
            "SE",
            3,
            given: "Åsa Björn Elsa Göran Astrid Lars Maja Sören Alice Erik Ebba Nils Linnéa Håkan Alva Östen",
            family:
                "Andersson Johansson Karlsson Nilsson Eriksson Larsson Åkesson Sjöberg Öberg Lindström Bergström Håkansson",
            cities: "Stockholm Göteborg Malmö Uppsala Västerås Örebro Linköping Umeå Luleå",
            streets: "Storgatan_# Kungsgatan_# Drottninggatan_# Skolvägen_# Björkvägen_#",
            postal: "%## ##",
            phone: "+46 70 174 06 ##"
        ),
        SampleCulture(
            "NO",
            2,
            given: "Øyvind Ingrid Bjørn Astrid Kåre Nora Håkon Emma Jakob Sigrid Åse Oskar Solveig Magnus",
            family: "Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Bakke Ødegård Sørensen Lund",
            cities: "Oslo Bergen Trondheim Stavanger Tromsø Bodø Ålesund Drammen",
            streets: "Storgata_# Kirkeveien_# Skolegata_# Fjordveien_# Bjørkelia_#",
            postal: "%###",
            phone: "+47 4%# ## ###"
        ),
        SampleCulture(
            "DK",
            2,
            given: "Søren Freja Lærke Mikkel Ida Jørgen Emma Rasmus Åse Oscar Clara Bjarne Sofie Kåre",
            family: "Nielsen Jensen Hansen Pedersen Andersen Sørensen Kjær Østergaard Møller Lund Holm Skovgaard",
            cities: "København Aarhus Odense Aalborg Esbjerg Randers Helsingør",
            streets: "Nørregade_# Strandvejen_# Kirkevej_# Skovvej_# Søndergade_#",
            postal: "%###",
            phone: "+45 2# ## ## ##"
        ),
        SampleCulture(
            "FI",
            2,
            given: "Aino Väinö Helmi Eero Säde Onni Lyyli Mikko Päivi Jyrki Eevi Leo Kaisa Yrjö",
            family: "Korhonen Virtanen Mäkinen Nieminen Hämäläinen Laine Heikkinen Koskinen Järvinen Mäki Väisänen",
            cities: "Helsinki Espoo Tampere Turku Oulu Jyväskylä Lahti Rovaniemi",
            streets: "Mannerheimintie_# Koulukatu_# Rantatie_# Kirkkokatu_# Mäkitie_#",
            postal: "%####",
            phone: "+358 40 %######"
        ),
        SampleCulture(
            "IE",
            2,
            given: "Seán Aoife Conor Saoirse Tadhg Róisín Oisín Niamh Cillian Caoimhe Pádraig Sinéad Eoin Gráinne",
            family: "Murphy Kelly O'Sullivan Walsh Ó_Briain Byrne Ryan O'Connor Doyle McCarthy Ní_Dhomhnaill Gallagher",
            cities: "Dublin Cork Galway Limerick Waterford Kilkenny Sligo",
            streets: "#_O'Connell_Street #_Main_Street #_Patrick_Street #_Church_Road #_Abbey_View",
            postal: "@%# @#@#",
            phone: "+353 85 %######"
        ),
    ]
}
