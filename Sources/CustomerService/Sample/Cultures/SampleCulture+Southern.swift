extension SampleCulture {
    static let southern = [
        SampleCulture(
            "ES",
            4,
            given:
                "Lucía Hugo Sofía Martín María Mateo Íñigo Begoña Álvaro Núria José Carmen Andrés Inés Joaquín Ángela",
            family: "García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Núñez Muñoz Ibáñez Peña",
            cities: "Madrid Barcelona València Sevilla Zaragoza Málaga Bilbao A_Coruña Córdoba Cádiz",
            streets:
                "Calle_Mayor,_# Avenida_de_la_Constitución,_# Plaza_España,_# Calle_del_Sol,_# Carrer_de_Mallorca,_#",
            postal: "%####",
            phone: "+34 6%# ### ###"
        ),
        SampleCulture(
            "MX",
            3,
            given: "Santiago Ximena Mateo Valentina Sebastián Regina Emiliano Guadalupe José_Luis Citlali María_José",
            family: "Hernández García Martínez López González Pérez Rodríguez Sánchez Ramírez Cruz Flores Gómez Reyes",
            cities: "Ciudad_de_México/CDMX Guadalajara/JAL Monterrey/NL Puebla/PUE Mérida/YUC León/GTO Querétaro/QRO",
            streets: "Avenida_Juárez_# Calle_Hidalgo_# Calle_Morelos_# Calzada_de_Tlalpan_# Avenida_Insurgentes_#",
            postal: "%####",
            phone: "+52 55 #### ####"
        ),
        SampleCulture(
            "IT",
            4,
            given:
                "Leonardo Sofia Francesco Giulia Alessandro Aurora Niccolò Chiara Matteo Ginevra Andrea Beatrice Nicolò",
            family: "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino D'Amico De_Luca Nicolò Bonfà",
            cities: "Roma/RM Milano/MI Napoli/NA Torino/TO Palermo/PA Genova/GE Bologna/BO Firenze/FI Forlì/FC",
            streets: "Via_Roma_# Via_Garibaldi_# Corso_Italia_# Piazza_del_Duomo_# Via_Dante_#",
            postal: "%####",
            phone: "+39 3%# ### ####"
        ),
        SampleCulture(
            "PT",
            2,
            given: "João Maria Rodrigo Leonor Martim Beatriz Tomás Inês Gonçalo Matilde Simão Constança",
            family: "Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Gonçalves Conceição Simões",
            cities: "Lisboa Porto Braga Coimbra Funchal Setúbal Évora",
            streets: "Rua_Augusta_# Avenida_da_Liberdade_# Rua_do_Comércio_# Travessa_da_Igreja_#",
            postal: "%###-###",
            phone: "+351 91# ### ###"
        ),
        SampleCulture(
            "BR",
            5,
            given: "Miguel Helena Arthur Alice Heitor Laura Theo Sophia Davi Júlia João_Pedro Conceição Iracema Thaís",
            family:
                "Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Araújo Gonçalves Conceição",
            cities:
                "São_Paulo/SP Rio_de_Janeiro/RJ Brasília/DF Salvador/BA Fortaleza/CE Belém/PA Goiânia/GO Florianópolis/SC",
            streets: "Rua_das_Flores,_# Avenida_Paulista,_# Rua_São_João,_# Avenida_Atlântica,_#",
            postal: "%####-###",
            phone: "+55 11 9#### ####"
        ),
        SampleCulture(
            "GR",
            2,
            given:
                "Γιώργος=giorgos Μαρία=maria Κώστας=kostas Ελένη=eleni Δημήτρης=dimitris Κατερίνα=katerina Νίκος=nikos Σοφία=sofia",
            family:
                "Παπαδόπουλος=papadopoulos Παππάς=pappas Νικολάου=nikolaou Γεωργίου=georgiou Οικονόμου=oikonomou Βασιλείου=vasileiou",
            cities: "Αθήνα Θεσσαλονίκη Πάτρα Ηράκλειο Λάρισα Βόλος",
            streets: "Ερμού_# Σταδίου_# Πανεπιστημίου_# Αγίου_Δημητρίου_#",
            postal: "%## ##",
            phone: "+30 69# ### ####"
        ),
    ]
}
