extension SampleCulture {
    static let western = [
        SampleCulture(
            "US",
            22,
            given: """
                James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph \
                Jessica Thomas Sarah Charles Karen Emma Liam Olivia Noah Ava Ethan Sophia Mason Isabella Jayden Aaliyah \
                DeShawn Latoya Tyrone Kiara Carlos María
                """,
            family: """
                Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson \
                Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis \
                Robinson Walker Young Allen King O'Connor Nguyen Patel
                """,
            cities: """
                New_York/NY Los_Angeles/CA Chicago/IL Houston/TX Phoenix/AZ Philadelphia/PA San_Antonio/TX San_Diego/CA \
                Dallas/TX Austin/TX Columbus/OH Charlotte/NC Seattle/WA Denver/CO Boston/MA Portland/OR Atlanta/GA Omaha/NE
                """,
            streets: "#_Main_Street #_Oak_Avenue #_Maple_Drive #_Park_Boulevard #_Cedar_Lane #_2nd_Street #_Elm_Court",
            postal: "%####",
            phone: "+1 %## 555 01##"
        ),
        SampleCulture(
            "GB",
            14,
            given: """
                Oliver Amelia George Isla Harry Ava Noah Mia Jack Ivy Leo Lily Arthur Florence Muhammad Freya Oscar Grace \
                Siân Rhys Niamh Callum Aoife Hamish Priya Imran
                """,
            family: """
                Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White \
                Roberts Green Hall Wood Khan MacDonald O'Neill Lewis Clarke
                """,
            cities:
                "London Birmingham Manchester Leeds Glasgow Edinburgh Bristol Cardiff Belfast Sheffield York Bath Exeter",
            streets: "#_High_Street #_Station_Road #_Church_Lane #_Victoria_Road #_Mill_Lane #_Queensway #_The_Green",
            postal: "@@%# #@@",
            phone: "+44 7700 900###"
        ),
        SampleCulture(
            "CA",
            4,
            given:
                "Liam Charlotte Noah Olivia William Emma Benoît Chloé Étienne Zoé Jacob Alice Logan Béatrice Gabriel",
            family:
                "Tremblay Gagnon Roy Côté Bouchard Smith Brown Martin Singh Wilson MacDonald Lévesque Bélanger Campbell",
            cities: "Toronto/ON Montréal/QC Vancouver/BC Calgary/AB Ottawa/ON Québec/QC Winnipeg/MB Halifax/NS",
            streets: "#_King_Street #_Rue_Sainte-Catherine #_Queen_Street_West #_Avenue_du_Parc #_Maple_Crescent",
            postal: "@%@ #@#",
            phone: "+1 %## 555 01##"
        ),
        SampleCulture(
            "AU",
            3,
            given: "Charlotte Oliver Isla Noah Olivia Jack Matilda Lachlan Ruby Cooper Sienna Angus Jarrah Kirra",
            family:
                "Smith Jones Williams Brown Wilson Taylor Nguyen Anderson Johnson Martin Lee Kelly Murphy Papadopoulos",
            cities: "Sydney/NSW Melbourne/VIC Brisbane/QLD Perth/WA Adelaide/SA Hobart/TAS Darwin/NT Canberra/ACT",
            streets: "#_George_Street #_Wattle_Road #_Beach_Parade #_Railway_Terrace #_Banksia_Court",
            postal: "%###",
            phone: "+61 491 570 ###"
        ),
        SampleCulture(
            "DE",
            10,
            given: """
                Anna Lukas Lena Maximilian Sophie Jürgen Björn Käthe Günther Marie Paul Hannah Leon Mia Felix Emilia Jonas \
                Jörg Ursula Karl-Heinz Zoë Ayşe Mehmet
                """,
            family: """
                Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein \
                Wolf Schröder Neumann Schwarz Zimmermann Krüger Köhler Weiß Groß Yılmaz
                """,
            cities:
                "Berlin Hamburg München Köln Frankfurt_am_Main Stuttgart Düsseldorf Leipzig Dresden Nürnberg Göttingen",
            streets: "Hauptstraße_# Gartenweg_# Bahnhofstraße_# Lindenallee_# Goethestraße_# Am_Markt_# Schloßstraße_#",
            postal: "%####",
            phone: "+49 151 %#######"
        ),
        SampleCulture(
            "FR",
            8,
            given: """
                Gabriel Louise Raphaël Jade Léo Ambre Louis Alba Maël Emma Jules Rose François Hélène Noël Zoé Théo Inès \
                Anaïs Benoît Aurélie Mehdi Fatou
                """,
            family: """
                Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Garcia \
                D'Angelo Roussel Blanc Guérin Muller François Traoré Benali
                """,
            cities: "Paris Marseille Lyon Toulouse Nice Nantes Strasbourg Montpellier Bordeaux Lille Rennes Orléans",
            streets:
                "#_rue_de_la_République #_avenue_Victor_Hugo #_rue_du_Château #_place_de_l'Église #_chemin_des_Prés",
            postal: "%####",
            phone: "+33 6 39 98 ## ##"
        ),
    ]
}
