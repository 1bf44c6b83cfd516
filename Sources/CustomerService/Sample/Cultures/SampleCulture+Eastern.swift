extension SampleCulture {
    static let eastern = [
        SampleCulture(
            "PL",
            4,
            given:
                "Zofia Antoni Zuzanna Jakub Hanna Jan Małgorzata Paweł Łucja Stanisław Grażyna Wojciech Agnieszka Michał",
            family:
                "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Żak",
            cities: "Warszawa Kraków Łódź Wrocław Poznań Gdańsk Szczecin Białystok Toruń",
            streets: "ul._Długa_# ul._Kościuszki_# ul._Ogrodowa_# al._Niepodległości_# ul._Świętego_Jana_#",
            postal: "##-###",
            phone: "+48 60# ### ###"
        ),
        SampleCulture(
            "CZ",
            2,
            given: "Jakub Eliška Jan Tereza Tomáš Adéla Matěj Anna Vojtěch Karolína Ondřej Kateřina Jiří Růžena Dušan",
            family: "Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Šťastný Říha",
            cities: "Praha Brno Ostrava Plzeň Liberec Olomouc České_Budějovice Hradec_Králové",
            streets: "Hlavní_# Nádražní_# Školní_# Zahradní_# Na_Příkopě_#",
            postal: "%## ##",
            phone: "+420 60# ### ###"
        ),
        SampleCulture(
            "HU",
            1,
            given: "Bence Hanna Máté Anna Levente Zsófia Ádám Jázmin Dániel Boglárka Győző Tünde",
            family: "Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Győri Szőke",
            cities: "Budapest Debrecen Szeged Miskolc Pécs Győr Kecskemét",
            streets: "Kossuth_Lajos_utca_#. Petőfi_utca_#. Fő_utca_#. Rákóczi_út_#.",
            postal: "%###",
            phone: "+36 20 ### ####"
        ),
        SampleCulture(
            "RO",
            1,
            given: "Andrei Maria Ștefan Ioana Mihai Elena Alexandru Ana Răzvan Mădălina Ionuț Cătălina",
            family: "Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Rusu Munteanu Șerban Țăranu",
            cities: "București Cluj-Napoca Timișoara Iași Constanța Brașov Sibiu",
            streets: "Strada_Mihai_Viteazu_# Bulevardul_Unirii_# Strada_Florilor_# Calea_Victoriei_#",
            postal: "######",
            phone: "+40 72# ### ###"
        ),
        SampleCulture(
            "UA",
            2,
            given: """
                Олександр=oleksandr Марія=mariia Дмитро=dmytro Софія=sofiia Андрій=andrii Анна=anna Іван=ivan Юлія=yuliia \
                Максим=maksym Оксана=oksana Тарас=taras Ганна=hanna
                """,
            family: """
                Мельник=melnyk Шевченко=shevchenko Бойко=boiko Коваленко=kovalenko Бондаренко=bondarenko Ткаченко=tkachenko \
                Кравченко=kravchenko Олійник=oliinyk Шевчук=shevchuk Гончар=honchar
                """,
            cities: "Київ Львів Одеса Харків Дніпро Чернівці Полтава",
            streets: "вул._Шевченка,_# вул._Франка,_# вул._Лесі_Українки,_# просп._Свободи,_#",
            postal: "#####",
            phone: "+380 67 ### ## ##"
        ),
        SampleCulture(
            "TR",
            2,
            given: "Yusuf Zeynep Mustafa Elif Ömer Ayşe Çağatay Gülşen İbrahim Şule Ali Fatma Özge Tuğba",
            family: "Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Güneş",
            cities: "İstanbul Ankara İzmir Bursa Antalya Eskişehir Muğla",
            streets: "Atatürk_Caddesi_No:_# Cumhuriyet_Sokak_No:_# İstiklal_Caddesi_No:_# Gül_Sokak_No:_#",
            postal: "#####",
            phone: "+90 53# ### ## ##"
        ),
    ]
}
