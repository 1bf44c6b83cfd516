extension SampleCulture {
    static let asian = [
        SampleCulture(
            "JP",
            3,
            given: """
                蓮=ren 陽菜=hina 湊=minato 凛=rin 樹=itsuki 結菜=yuina 大翔=hiroto 美咲=misaki 健太=kenta さくら=sakura \
                翔太=shota 葵=aoi 太郎=taro 花子=hanako
                """,
            family: """
                佐藤=sato 鈴木=suzuki 高橋=takahashi 田中=tanaka 伊藤=ito 渡辺=watanabe 山本=yamamoto 中村=nakamura \
                小林=kobayashi 加藤=kato 吉田=yoshida 山田=yamada
                """,
            cities: "千代田区/東京都 横浜市/神奈川県 大阪市/大阪府 名古屋市/愛知県 札幌市/北海道 福岡市/福岡県 京都市/京都府",
            streets: "中央1-#-3 本町2-#-8 桜丘#-5 緑町4-#-1 旭町#-12",
            postal: "%##-####",
            phone: "+81 90 #### ####"
        ),
        SampleCulture(
            "CN",
            3,
            given: "伟=wei 芳=fang 娜=na 敏=min 静=jing 丽=li 强=qiang 磊=lei 洋=yang 艳=yan 子涵=zihan 浩宇=haoyu 欣怡=xinyi",
            family: "王=wang 李=li 张=zhang 刘=liu 陈=chen 杨=yang 黄=huang 赵=zhao 吴=wu 周=zhou 徐=xu 欧阳=ouyang",
            cities: "北京/北京市 上海/上海市 广州/广东省 深圳/广东省 成都/四川省 杭州/浙江省 西安/陕西省",
            streets: "人民路#号 中山路#号 解放大道#号 建设街#号 花园路#号",
            postal: "%#####",
            phone: "+86 138 #### ####"
        ),
        SampleCulture(
            "KR",
            2,
            given: "민준=minjun 서연=seoyeon 서준=seojun 지우=jiu 도윤=doyun 하은=haeun 예준=yejun 수빈=subin 지훈=jihun 은지=eunji",
            family: "김=kim 이=lee 박=park 최=choi 정=jung 강=kang 조=cho 윤=yoon 장=jang 임=lim 한=han",
            cities: "서울특별시 부산광역시 대구광역시 인천광역시 광주광역시 제주시",
            streets: "세종대로_# 강남대로_# 테헤란로_# 중앙로_# 해운대로_#",
            postal: "#####",
            phone: "+82 10 #### ####"
        ),
        SampleCulture(
            "IN",
            4,
            given: """
                आरव=aarav अनन्या=ananya विवान=vivaan दीया=diya राहुल=rahul प्रिया=priya Arjun Saanvi Rohan Kavya Aditya Meera \
                Karthik Lakshmi அருண்=arun
                """,
            family: "शर्मा=sharma वर्मा=verma गुप्ता=gupta Singh Patel Reddy Iyer Nair Kumar Das Banerjee Kaur Khan Mehta",
            cities:
                "Mumbai/Maharashtra Delhi/Delhi Bengaluru/Karnataka Chennai/Tamil_Nadu Kolkata/West_Bengal Jaipur/Rajasthan",
            streets: "#,_MG_Road #,_Station_Road #,_Gandhi_Nagar #,_Park_Street #,_Lake_View_Apartments",
            postal: "%#####",
            phone: "+91 98### #####"
        ),
        SampleCulture(
            "VN",
            1,
            given: "Minh Lan Hùng Hương Đức Thảo Quân Ngọc Tuấn Phượng Dũng Mỹ Khánh Yến",
            family: "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương",
            cities: "Hà_Nội Thành_phố_Hồ_Chí_Minh Đà_Nẵng Huế Cần_Thơ Hải_Phòng",
            streets: "#_Lê_Lợi #_Nguyễn_Huệ #_Trần_Hưng_Đạo #_Hai_Bà_Trưng",
            postal: "%#####",
            phone: "+84 90 ### ## ##"
        ),
        SampleCulture(
            "AE",
            1,
            given: "محمد=mohammed فاطمة=fatima أحمد=ahmed مريم=mariam علي=ali عائشة=aisha خالد=khalid نورة=noura",
            family: "المنصوري=almansoori الهاشمي=alhashimi النعيمي=alnuaimi المزروعي=almazrouei Khan Haddad Rahman",
            cities: "دبي أبوظبي الشارقة العين",
            streets: "شارع_الشيخ_زايد_# شارع_الوصل_# شارع_الخليج_# Al_Maktoum_Road_#",
            postal: "",
            phone: "+971 50 ### ####"
        ),
        SampleCulture(
            "IL",
            1,
            given: "נועם=noam תמר=tamar דוד=david מיה=maya איתן=eitan נועה=noa יוסף=yosef שירה=shira",
            family: "כהן=cohen לוי=levi מזרחי=mizrahi פרץ=peretz ביטון=biton אברהם=avraham פרידמן=friedman",
            cities: "תל_אביב ירושלים חיפה באר_שבע נתניה",
            streets: "רחוב_הרצל_# רחוב_דיזנגוף_# שדרות_רוטשילד_# רחוב_יפו_#",
            postal: "%######",
            phone: "+972 52 ### ####"
        ),
    ]
}
