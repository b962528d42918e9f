"""Words of the honest look-alikes: menus, footers, catalogues, place lists and the like, in many languages.

All typed for this file. Names of sites, people and firms are made up.
"""

from __future__ import annotations

from training.slots import terms

# Official order of the provinces, by region, for lists that group them; short forms, as drop-downs print them.
REGIONS_CN = {
    "华北": terms(
"""北京;天津;河北;山西;内蒙古"""
), "东北": terms(
"""辽宁;吉林;黑龙江"""
), "华东": terms(
"""上海;江苏;浙江;安徽;福建;江西;山东"""
),
    "华中": terms(
"""河南;湖北;湖南"""
), "华南": terms(
"""广东;广西;海南"""
), "西南": terms(
"""重庆;四川;贵州;云南;西藏"""
),
    "西北": terms("陕西;甘肃;青海;宁夏;新疆"), "港澳台": terms("香港;澳门;台湾"),
}  # fmt: skip
HOT_CITIES = terms(
    """北京;上海;广州;深圳;成都;杭州;重庆;武汉;西安;苏州;天津;南京;长沙;郑州;东莞;青岛;沈阳;宁波;昆明;大连;无锡;
合肥;厦门;佛山;福州;济南;哈尔滨;温州;石家庄;南宁;长春;泉州;贵阳;常州;珠海;金华;烟台;海口;惠州;徐州;嘉兴;
潍坊;洛阳;南通;扬州;汕头;兰州;桂林;三亚;呼和浩特"""
)
CITY_CHANNELS = terms(
    """租房;招聘;天气;二手房;新房;二手车;天气预报;酒店;旅游;美食;房价;公交;地铁;违章查询;人才网;机票;团购;家政;
搬家;婚纱摄影;装修;地图;站;分公司;新闻;本地宝;快递;医院;驾校;健身;展会"""
)
CITY_HEADS = terms(
    """热门城市;城市分站;城市导航;切换城市;按城市查找;周边城市;全国分站;选择城市;地区;服务城市;全国热门城市;
国内城市;城市站点;附近城市;其他城市"""
)

STATES = {
    "us": terms(
"""Alabama;Alaska;Arizona;Arkansas;California;Colorado;Connecticut;Delaware;Florida;Georgia;Hawaii;Idaho;
Illinois;Indiana;Iowa;Kansas;Kentucky;Louisiana;Maine;Maryland;Massachusetts;Michigan;Minnesota;
Mississippi;Missouri;Montana;Nebraska;Nevada;New Hampshire;New Jersey;New Mexico;New York;North Carolina;
North Dakota;Ohio;Oklahoma;Oregon;Pennsylvania;Rhode Island;South Carolina;South Dakota;Tennessee;Texas;
Utah;Vermont;Virginia;Washington;West Virginia;Wisconsin;Wyoming"""
),
    "jp": terms(
"""北海道;青森県;岩手県;宮城県;秋田県;山形県;福島県;茨城県;栃木県;群馬県;埼玉県;千葉県;東京都;神奈川県;
新潟県;富山県;石川県;福井県;山梨県;長野県;岐阜県;静岡県;愛知県;三重県;滋賀県;京都府;大阪府;兵庫県;奈良県;
和歌山県;鳥取県;島根県;岡山県;広島県;山口県;徳島県;香川県;愛媛県;高知県;福岡県;佐賀県;長崎県;熊本県;
大分県;宮崎県;鹿児島県;沖縄県"""
),
    "kr": terms("서울;부산;대구;인천;광주;대전;울산;세종;경기;강원;충북;충남;전북;전남;경북;경남;제주"),
    "de": terms(
"""Baden-Württemberg;Bayern;Berlin;Brandenburg;Bremen;Hamburg;Hessen;Mecklenburg-Vorpommern;Niedersachsen;
Nordrhein-Westfalen;Rheinland-Pfalz;Saarland;Sachsen;Sachsen-Anhalt;Schleswig-Holstein;Thüringen"""
),
    "vn": terms(
"""An Giang;Bắc Giang;Bắc Ninh;Bến Tre;Bình Định;Bình Dương;Cà Mau;Cần Thơ;Cao Bằng;Đà Nẵng;Đắk Lắk;
Điện Biên;Đồng Nai;Gia Lai;Hà Giang;Hà Nội;Hải Dương;Hải Phòng;Hòa Bình;Hưng Yên;Khánh Hòa;Kon Tum;
Lai Châu;Lâm Đồng;Lạng Sơn;Lào Cai;Long An;Nam Định;Nghệ An;Ninh Bình;Phú Thọ;Quảng Nam;Quảng Ninh;
Sóc Trăng;Sơn La;Tây Ninh;Thái Bình;Thanh Hóa;Tiền Giang;Yên Bái"""
),
    "tr": terms(
"""Adana;Adıyaman;Afyon;Ağrı;Amasya;Ankara;Antalya;Artvin;Aydın;Balıkesir;Bilecik;Bingöl;Bitlis;Bolu;Burdur;
Bursa;Çanakkale;Çankırı;Çorum;Denizli;Diyarbakır;Edirne;Elazığ;Erzincan;Erzurum;Eskişehir;Gaziantep;
Giresun;Hatay;Isparta;İstanbul;İzmir;Kars;Kayseri;Konya;Malatya;Manisa;Mardin;Muğla;Ordu;Rize;Sakarya;
Samsun;Sivas;Tokat;Trabzon;Van;Yozgat;Zonguldak"""
),
    "es": terms(
"""A Coruña;Álava;Albacete;Alicante;Almería;Asturias;Ávila;Badajoz;Barcelona;Bizkaia;Burgos;Cáceres;Cádiz;
Cantabria;Castellón;Ciudad Real;Córdoba;Cuenca;Girona;Granada;Guadalajara;Huelva;Huesca;Jaén;León;Lleida;
Lugo;Madrid;Málaga;Murcia;Navarra;Ourense;Palencia;Pontevedra;Salamanca;Segovia;Sevilla;Soria;Tarragona;
Teruel;Toledo;Valencia;Valladolid;Zamora;Zaragoza"""
),
    "id": terms(
"""Aceh;Sumatera Utara;Sumatera Barat;Riau;Jambi;Sumatera Selatan;Bengkulu;Lampung;DKI Jakarta;Jawa Barat;
Banten;Jawa Tengah;DI Yogyakarta;Jawa Timur;Bali;Nusa Tenggara Barat;Nusa Tenggara Timur;Kalimantan Barat;
Kalimantan Tengah;Kalimantan Selatan;Kalimantan Timur;Sulawesi Utara;Sulawesi Tengah;Sulawesi Selatan;
Gorontalo;Maluku;Papua"""
),
}  # fmt: skip

MENUS = {
    "zh": terms(
"""首页;网站首页;关于我们;公司简介;企业文化;产品中心;产品展示;新闻中心;新闻动态;行业资讯;成功案例;工程案例;
技术支持;资质荣誉;人才招聘;在线留言;联系我们;网站地图;客户服务;下载中心;营销网络;组织机构;政策法规;
通知公告;办事指南;信息公开;互动交流;专题专栏;领导信箱;友情链接;版权声明;隐私政策;法律声明;帮助中心;
常见问题;登录;注册;会员中心;购物车;我的订单;收藏本站;设为首页;学术期刊;科研动态;学院概况;师资队伍;
招生就业;本科教育;研究生教育;党建工作;图书馆;校友会;国内;国际;社会;军事;财经;体育;娱乐;科技;汽车;房产;
教育;健康;旅游;时尚;游戏;视频;图片;博客;论坛;评论;专栏;数码;历史;公益"""
),
    "en": terms(
"""Home;About;About us;Contact;Contact us;Services;Products;News;Blog;Careers;Support;FAQ;Help;Login;
Register;Sign up;My account;Cart;Checkout;Shipping;Returns;Privacy policy;Terms of use;Cookies;
Accessibility;Sitemap;Press;Investors;Partners;Events;Gallery;Videos;Podcasts;Newsletters;Subscribe;
Advertise;World;Politics;Business;Technology;Science;Health;Sport;Culture;Opinion;Travel;Food;Style;
Weather;Local;Education;Schools;Library;Research;Publications;Faculty;Admissions;Alumni;Donate;Volunteer;
Downloads;Documentation;API;Pricing;Community;Forum;Status;Team;Mission;History;Locations;Store finder;
Gift cards;Men;Women;Children;Sale;New in;Brands"""
),
    "de": terms(
"""Startseite;Über uns;Kontakt;Impressum;Datenschutz;AGB;Leistungen;Produkte;Aktuelles;Termine;Karriere;
Presse;Anfahrt;Suche;Anmelden;Warenkorb;Politik;Wirtschaft;Sport;Kultur;Reise;Wissen;Regional;Wetter;
Newsletter;Archiv;Downloads;Galerie;Hilfe;Versand;Rückgabe;Barrierefreiheit;Leichte Sprache;Verein;
Mitglieder"""
),
    "fr": terms(
"""Accueil;À propos;Contact;Mentions légales;Plan du site;Actualités;Services;Produits;Boutique;Panier;
Mon compte;Politique;Économie;Sport;Culture;Société;Monde;Météo;Emploi;Recherche;Aide;Confidentialité;CGV;
Agenda;Galerie;Partenaires;Presse"""
),
    "es": terms(
"""Inicio;Quiénes somos;Contacto;Aviso legal;Privacidad;Cookies;Noticias;Servicios;Productos;Tienda;Carrito;
Mi cuenta;Política;Economía;Deportes;Cultura;Sociedad;Internacional;Opinión;Tiempo;Empleo;Ayuda;Mapa web;
Galería;Agenda;Blog;Suscríbete"""
),
    "it": terms(
"""Home;Chi siamo;Contatti;Privacy;Note legali;Notizie;Servizi;Prodotti;Negozio;Carrello;Politica;Economia;
Sport;Cultura;Cronaca;Esteri;Meteo;Lavora con noi;Assistenza;Mappa del sito;Eventi;Galleria"""
),
    "pt": terms(
"""Início;Sobre nós;Contato;Notícias;Serviços;Produtos;Loja;Carrinho;Política;Economia;Esportes;Cultura;
Mundo;Tempo;Trabalhe conosco;Ajuda;Privacidade;Termos de uso;Galeria;Eventos;Assine"""
),
    "ja": terms(
"""ホーム;会社概要;事業内容;製品情報;お知らせ;採用情報;お問い合わせ;アクセス;サイトマップ;
プライバシーポリシー;利用規約;よくある質問;ログイン;会員登録;カート;特集;国内;国際;経済;スポーツ;エンタメ;
科学;地域;天気;社説;動画;写真;ランキング;連載;暮らし;健康;旅行;グルメ;本;投稿;IR情報;沿革;実績"""
),
    "ko": terms(
"""홈;회사소개;사업영역;제품소개;고객센터;공지사항;자주 묻는 질문;채용정보;오시는 길;이용약관;
개인정보처리방침;사이트맵;로그인;회원가입;장바구니;정치;경제;사회;문화;스포츠;연예;국제;오피니언;날씨;
지역;포토;동영상;구독신청;자료실;갤러리;커뮤니티;전체메뉴;뉴스;기업;증권;부동산;금융;산업;IT·과학;사설;칼럼;기고;
기획·연재;특집;인터뷰;인물;여행;건강;교육;노동;환경;게임;골프;야구;축구;영화;음악;책;음식;운세;만화;독자투고;
많이 본 뉴스;실시간 뉴스;신문 보기;구독하기;제보하기;앱 다운로드"""
),
    "ru": terms(
"""Главная;О компании;Контакты;Новости;Услуги;Продукция;Каталог;Доставка;Оплата;Отзывы;Вакансии;Карта сайта;
Войти;Регистрация;Корзина;Политика;Экономика;Спорт;Культура;Общество;Мир;Погода;Наука;Авто;Фото;Видео;
Архив;Подписка;Реклама;Помощь"""
),
    "id": terms(
"""Beranda;Tentang Kami;Kontak;Berita;Layanan;Produk;Galeri;Profil;Visi dan Misi;Struktur Organisasi;
Pengumuman;Agenda;Unduhan;Karir;Bantuan;Masuk;Daftar;Nasional;Internasional;Ekonomi;Olahraga;Teknologi;
Hiburan;Kesehatan;Kuliner;Wisata;Otomotif;Kebijakan Privasi;Pedoman Media Siber;Redaksi;Indeks"""
),
    "vi": terms(
"""Trang chủ;Giới thiệu;Liên hệ;Tin tức;Dịch vụ;Sản phẩm;Tuyển dụng;Hỗ trợ;Đăng nhập;Đăng ký;Giỏ hàng;
Thời sự;Thế giới;Kinh doanh;Giải trí;Thể thao;Pháp luật;Giáo dục;Sức khỏe;Đời sống;Du lịch;Khoa học;Xe;
Ý kiến;Chính sách bảo mật;Điều khoản;Sơ đồ trang;Thư viện ảnh"""
),
    "th": terms(
"""หน้าแรก;เกี่ยวกับเรา;ติดต่อเรา;ข่าวสาร;บริการ;สินค้า;ร่วมงานกับเรา;ช่วยเหลือ;เข้าสู่ระบบ;สมัครสมาชิก;การเมือง;
เศรษฐกิจ;กีฬา;บันเทิง;ต่างประเทศ;ภูมิภาค;สุขภาพ;ท่องเที่ยว;อาหาร;เทคโนโลยี;นโยบายความเป็นส่วนตัว;แผนผังเว็บไซต์;
วิดีโอ;ภาพข่าว"""
),
    "tr": terms(
"""Anasayfa;Hakkımızda;İletişim;Haberler;Hizmetler;Ürünler;Galeri;Kariyer;Yardım;Giriş Yap;Üye Ol;Sepetim;
Gündem;Ekonomi;Spor;Dünya;Kültür Sanat;Sağlık;Teknoloji;Magazin;Yazarlar;Hava Durumu;Künye;
Gizlilik Politikası;Kullanım Şartları;Site Haritası;Arşiv;Video;Foto Galeri"""
),
    "ar": terms(
"""الرئيسية;من نحن;اتصل بنا;الأخبار;الخدمات;المنتجات;الوظائف;المساعدة;سياسة;اقتصاد;رياضة;ثقافة;صحة;تكنولوجيا;
الطقس;فيديو;صور;سياسة الخصوصية;خريطة الموقع;أرشيف"""
),
}  # fmt: skip

SITE_STEMS = terms(
    """华山;江南;北方;东湖;启明;晨光;远景;百川;致远;中原;海纳;金桥;长青;天元;时代;同城;新城;环球;博雅;大地;绿野;
星海;工匠;求知;方圆;田园;白鹿;云帆;三江;汇文"""
)
SITE_TAILS = terms(
    """新闻网;信息网;人才网;学术网;图书馆;博物馆;农业网;机械网;化工网;建材网;医院;大学;研究所;协会;出版社;电视台;
广播网;日报;晚报;政务网;教育网;旅游网;文化网;仪器网;书店;商城;设计网;气象局;统计局;档案馆;基金会;论坛;
地图;法律网;园林网;电力网"""
)
FRIEND_HEADS = terms(
    """友情链接;友情链接：;合作伙伴;相关链接;友链;合作媒体;兄弟网站;链接;常用网站;政府网站;推荐网站;合作网站"""
)

DEPARTMENTS = terms(
    """发展和改革;教育;科学技术;工业和信息化;公安;民政;司法行政;财政;人力资源社会保障;自然资源;生态环境;
住房城乡建设;交通运输;水行政;农业农村;商务;文化和旅游;卫生健康;应急管理;审计;市场监督管理;体育;统计;
医疗保障;林业草原;气象;消防救援;税务;海关;海事"""
)
DUTIES = terms(
    """按照各自职责做好有关工作;依法对本区域内的活动实施监督;应当建立信息共享机制;负责前款规定事项的组织实施;
应当加强宣传和指导;共同制定具体办法"""
)
LAW_THINGS = terms(
    """供水;排水;供电;供气;供热;通信;道路;桥梁;隧道;码头;机场;车站;仓库;矿山;水库;堤坝;林地;草原;湿地;耕地;绿地;
广场;公园;停车场;电梯;锅炉;压力容器;起重机械;客运索道;广告牌;围墙;管线"""
)

GOODS_CN = terms(
    """白菜;土豆;茄子;黄瓜;芹菜;豆角;西红柿;青椒;韭菜;菠菜;油菜;蒜苗;生姜;大葱;洋葱;胡萝卜;南瓜;冬瓜;苹果;香蕉;
梨;橙子;葡萄;西瓜;鸡蛋;猪肉;牛肉;羊肉;鲤鱼;带鱼;大米;面粉;豆油;花生油"""
)
PRODUCTS_CN = terms(
    """温度传感器;压力变送器;流量计;电磁阀;减速机;离心泵;不锈钢管;空压机;滤芯;轴承;电缆;输送带;反应釜;搅拌器;
换热器;烘箱;显微镜;天平;离心机;恒温箱;打标机;折弯机;球阀;蝶阀;止回阀;法兰;弯头;三通;水表;电表;配电柜;
变压器;接触器;断路器;继电器;保险丝"""
)
PAPER_WORDS = {
    "zh": terms(
"""景观格局;土地利用;遥感;地理信息系统;生态系统服务;碳排放;水稻;产量;土壤;重金属;数值模拟;有限元;疲劳寿命;
深度学习;图像分割;目标检测;知识图谱;供应链;上市公司;公司治理;企业绩效;货币政策;乡村振兴;产业结构;空间效应;
高血压;糖尿病;预后;危险因素;护理;中药;免疫组化;混凝土;裂缝;滑坡;地下水;煤矿;瓦斯;光催化;石墨烯;锂离子电池;
教学改革;翻译;唐诗;方志"""
),
    "en": terms(
"""remote sensing;land use;machine learning;deep learning;image segmentation;supply chain;
corporate governance;monetary policy;biodiversity;soil moisture;heavy metals;finite element method;
fatigue;graphene;lithium-ion battery;photocatalysis;hypertension;diabetes mellitus;prognosis;risk factors;
randomized trial;meta-analysis;gene expression;immunotherapy;groundwater;landslide;concrete;
Bayesian inference;time series;optimization;robotics;semantics;bilingualism;urban planning"""
),
}  # fmt: skip
TAGS_EN = terms(
    """politics;travel;photography;recipes;music;film;history;gardening;cycling;knitting;climate;design;
architecture;poetry;science;space;economy;books;running;hiking;coffee;baking;startups;privacy;linux;
python;data;maps;birds;dogs;cats;wine;chess;jazz;theatre;museum;opinion;interview;review;guide;autumn;
winter;weekend"""
)
TAGS_ZH = terms(
    """摄影;旅行;美食;读书;电影;音乐;历史;园艺;骑行;手工;天文;设计;建筑;诗歌;科普;经济;跑步;登山;咖啡;烘焙;创业;
编程;数据;地图;观鸟;猫;茶;围棋;戏剧;博物馆;评论;访谈;冬天;周末;民俗;方言;考古;书法;国画;陶艺"""
)
TAGS_OTHER = terms(
    """日常;カフェ;写真好きな人と繋がりたい;ランチ;猫;旅行;일상;맛집;여행스타그램;고양이;카페;주말;gezi;kahve;
doğa;müzik;jalanjalan;kuliner;kopi;viaje;naturaleza;comida;réunion;montagne;wandern;garten;природа;
путешествие;еда;ท่องเที่ยว;กาแฟ;du lịch;ẩm thực"""
)

STATIONS = terms(
    """人民广场;火车站;市政府;中心医院;体育馆;图书馆;客运中心;科技园;大剧院;博物馆;文化宫;百货大楼;建设路口;
解放桥;南门;北门;东关;西关;会展中心;湖滨;世纪公园;工业园;钢铁厂;纺织城;农科院;植物园;动物园;新村;花园小区;
机场北;汽车站;码头;师范大学;第一中学;菜市场;邮局;电信大楼;法院;公安局;税务局;龙泉路;青年路;中山路;和平街;
光明里;桃园;柳林;石桥;王家庄;李村;大坪;小溪"""
)
STREETS = terms(
    """人民路;解放路;建设路;中山路;和平街;新华路;文化路;胜利街;东风路;长江路;黄河路;青年路;光明路;育才路;
工业大道;滨江大道;科技路;朝阳街"""
)
UNITS_CN = terms(
    """石家庄铸造;海河仪表;秦岭药业;江淮电气;洞庭食品;岭南家具;天山建材;昆仑机械;太行重工;辽河化工;珠江电器;
武夷茶业;渤海装备;滇池生物;嘉陵纺织;赣江光学"""
)
UNIVERSITIES = terms(
    """北京大学;清华大学;复旦大学;上海交通大学;浙江大学;南京大学;武汉大学;中山大学;四川大学;吉林大学;厦门大学;
山东大学;南开大学;天津大学;同济大学;东南大学;中南大学;湖南大学;重庆大学;兰州大学;西安交通大学;
哈尔滨工业大学;大连理工大学;华中科技大学;中国农业大学;东北大学;苏州大学;郑州大学;云南大学;贵州大学;
海南大学;新疆大学;宁夏大学;青海大学"""
)
HOTELS = terms(
    """Grand Plaza;Park View;Riverside Inn;Seaside Lodge;The Old Mill;Hotel Central;Hotel Bellevue;Garden Court;
Harbour House;Mountain Lodge;City Suites;Station Hotel;Villa Rosa;Pension Maria;Alpenblick;Hotel Europa;
Sunset Resort;Lakeside;The Crown;Royal Oak"""
)
FASHION = terms(
    """Acne Studios;Adidas;A.P.C.;Armani;Balenciaga;Barbour;Birkenstock;Burberry;Calvin Klein;Carhartt;Chloé;
Converse;Diesel;Dior;Fendi;Fred Perry;Ganni;Givenchy;Gucci;Hugo Boss;Jil Sander;Kenzo;Lacoste;Levi's;
Loewe;Longchamp;Marimekko;Max Mara;Moncler;New Balance;Nike;Prada;Puma;Ralph Lauren;Ray-Ban;Saint Laurent;
Stone Island;Tod's;Tommy Hilfiger;UGG;Valentino;Versace"""
)
MEDICINES = terms(
    """ibuprofen;paracetamol;aspirin;amoxicillin;omeprazole;metformin;atorvastatin;simvastatin;lisinopril;
amlodipine;losartan;warfarin;clopidogrel;sildenafil;tadalafil;finasteride;tramadol;codeine;diazepam;
zolpidem;sertraline;fluoxetine;citalopram;gabapentin;pregabalin;prednisone;levothyroxine;salbutamol;
montelukast;cetirizine;loratadine;doxycycline;azithromycin;aciclovir;fluconazole;furosemide;bisoprolol"""
)
MEDICINES_CN = terms(
    """阿莫西林胶囊;布洛芬缓释胶囊;对乙酰氨基酚片;头孢克肟;奥美拉唑;阿司匹林肠溶片;硝苯地平;二甲双胍;辛伐他汀;
西地那非;他达拉非;复方丹参滴丸;六味地黄丸;板蓝根颗粒;藿香正气水;云南白药;红霉素软膏;维生素C片;钙片;
氯雷他定;蒙脱石散;左氧氟沙星;甲硝唑;碘伏;医用口罩;体温计;血压计"""
)
SIDE_EFFECTS = terms(
    """headache;nausea;dizziness;dry mouth;skin rash;diarrhoea;constipation;blurred vision;muscle pain;
drowsiness;loss of appetite;itching;insomnia;stomach pain;flushing;fatigue;palpitations;
swelling of the ankles"""
)
INGREDIENTS = terms(
    """water;sugar;wheat flour;palm oil;glucose syrup;salt;skimmed milk powder;cocoa butter;soya lecithin;
whey powder;cornflour;egg white;yeast;rapeseed oil;tomato paste;onion;garlic;black pepper;citric acid;
vanilla extract;baking soda;natural flavouring;rice;oats;almonds;raisins;cinnamon;paprika;mustard seed;
vinegar"""
)
FIRST_NAMES = terms(
    """Anna;Peter;Maria;Thomas;Elena;Jakob;Sophie;David;Laura;Martin;Nina;Paul;Ingrid;Oscar;Helen;Marco;Yuki;Wei;
Ahmed;Fatima;Olga;Ivan;Carmen;Luis;Mehmet;Linh;Somchai;Budi"""
)
SURNAMES = terms(
    """Weber;Novak;Rossi;Garcia;Lindqvist;Okafor;Tanaka;Chen;Kowalski;Murphy;Petrov;Silva;Haddad;Yilmaz;Nguyen;
Santoso;Brown;Keller;Moreau;Jansen;Horvat;Larsen;Costa;Suzuki;Kim;Singh;Popov;Fischer"""
)
SURNAMES_CN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN_CN = "伟芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英建华文辉玲志国红云兰飞鹏宇浩"
TEAMS = terms(
    """Real Madrid;Barcelona;Sevilla;Valencia;Arsenal;Chelsea;Liverpool;Everton;Bayern;Dortmund;Leipzig;Juventus;
Milan;Inter;Roma;Ajax;Porto;Benfica;Lyon;Monaco;Celtic;Galatasaray;Zenit;Basel;Rapid;Sparta;山东泰山;
上海海港;北京国安;浙江队;成都蓉城;河南队;長崎;浦和;鹿島;전북;울산;서울"""
)
TITLES = terms(
    """《边城纪事》;《山河故人》;《海的那边》;《秋日来信》;《长夜将明》;《远方的灯》;《老城旧事》;《风雪夜归》;
《麦田守望录》;《无名桥》;《江上渔歌》;《木匠与钟》;《最后的渡口》;《纸月亮》;《雨巷》;《石头城外》;
《候鸟》;《大河东去》;The Winter Orchard;A Field of Salt;The Clockmaker's Map;Northern Letters;
The Quiet Harbour;Paper Bridges;Letters to a Lighthouse;Der stille Garten;La casa del viento;
Le dernier train"""
)
LANGUAGES = terms(
    """English;Deutsch;Français;Español;Italiano;Português;Nederlands;Polski;Čeština;Slovenčina;Magyar;Română;
Български;Ελληνικά;Türkçe;Русский;Українська;العربية;עברית;हिन्दी;বাংলা;ไทย;Tiếng Việt;Bahasa Indonesia;
Bahasa Melayu;日本語;한국어;简体中文;繁體中文;Svenska;Norsk;Dansk;Suomi;Eesti;Latviešu;Lietuvių"""
)
CURRENCIES = terms(
    """USD;EUR;GBP;JPY;CNY;AUD;CAD;CHF;HKD;SGD;KRW;INR;THB;MYR;IDR;PHP;VND;RUB;TRY;BRL;MXN;ZAR;SEK;NOK;DKK;PLN;
CZK;HUF;NZD;AED"""
)
CURRENCIES_CN = terms(
    """美元;欧元;英镑;日元;人民币;澳元;加元;瑞士法郎;港币;新加坡元;韩元;卢比;泰铢;林吉特;印尼盾;菲律宾比索;
越南盾;卢布;里拉;雷亚尔"""
)
MONTHS = {
    "en": terms(
"""January;February;March;April;May;June;July;August;September;October;November;December"""
), "de": terms(
"""Januar;Februar;März;April;Mai;Juni;Juli;August;September;Oktober;November;Dezember"""
),
    "es": terms(
"""enero;febrero;marzo;abril;mayo;junio;julio;agosto;septiembre;octubre;noviembre;diciembre"""
), "fr": terms(
"""janvier;février;mars;avril;mai;juin;juillet;août;septembre;octobre;novembre;décembre"""
),
    "ru": terms(
"""Январь;Февраль;Март;Апрель;Май;Июнь;Июль;Август;Сентябрь;Октябрь;Ноябрь;Декабрь"""
), "id": terms(
"""Januari;Februari;Maret;April;Mei;Juni;Juli;Agustus;September;Oktober;November;Desember"""
),
    "tr": terms("Ocak;Şubat;Mart;Nisan;Mayıs;Haziran;Temmuz;Ağustos;Eylül;Ekim;Kasım;Aralık"),
}  # fmt: skip
WEEKDAYS = {
    "en": terms("""Mon;Tue;Wed;Thu;Fri;Sat;Sun"""),
    "de": terms("""Mo;Di;Mi;Do;Fr;Sa;So"""),
    "zh": terms("""一;二;三;四;五;六;日"""),
    "ja": terms("""月;火;水;木;金;土;日"""),
    "es": terms("""L;M;X;J;V;S;D"""),
}
SPECS = terms(
    """Display 6.1 inch;RAM 8 GB;Storage 256 GB;Battery 4500 mAh;Weight 174 g;Camera 50 MP;USB-C;Bluetooth 5.3;
Wi-Fi 6;Resolution 2400x1080;Refresh rate 120 Hz;Water resistance IP68;尺寸 210×297mm;重量 1.2kg;
材质 铝合金;功率 750W;电压 220V;频率 50Hz;转速 2900r/min;流量 25m³/h;扬程 32m;口径 DN50;精度 0.5级;
量程 0-1.6MPa;接口 G1/2;防护等级 IP65"""
)
SHARE = terms(
    """Facebook;Twitter;X;LinkedIn;Reddit;WhatsApp;Telegram;Email;Print;Copy link;Pinterest;微信;微博;QQ空间;
朋友圈;豆瓣;打印;收藏;分享到;はてなブックマーク;LINE;카카오톡;VK;Одноклассники"""
)

# Category lists of portals, shops, hospitals and firms, where honest words come closest to what spam lists.
CATEGORIES = {
    "film": terms(
"""动作片;喜剧片;爱情片;科幻片;恐怖片;战争片;剧情片;动画片;纪录片;悬疑片;大陆剧;港剧;台剧;韩剧;美剧;日剧;
泰剧;综艺;动漫;短剧;体育;预告片;排行榜;最新更新;最近上映;高分经典"""
),
    "novel": terms(
"""玄幻;奇幻;武侠;仙侠;都市;言情;历史;军事;科幻;灵异;游戏;竞技;穿越;重生;悬疑;完本;全本小说;排行榜;书库;
作者专区;连载中;免费小说;女频;男频"""
),
    "lottery": terms(
"""双色球;大乐透;福彩3D;排列三;排列五;七乐彩;七星彩;快乐8;胜负彩;走势图;开奖公告;开奖结果;中奖查询;
投注站查询;彩票资讯;公益金;足彩;竞彩;开奖视频;代销者"""
),
    "clinic": terms(
"""内科;外科;妇产科;儿科;眼科;口腔科;皮肤科;男科;泌尿外科;骨科;神经内科;心血管内科;肿瘤科;中医科;康复科;
急诊科;放射科;检验科;整形美容科;生殖医学科;体检中心;麻醉科"""
),
    "shop": terms(
"""男装;女装;男鞋;女鞋;箱包;手表;珠宝;运动户外;手机;数码;电脑;家电;家居;厨具;食品;酒水;生鲜;图书;文具;宠物;
汽车用品;个护;美妆;营养保健;内衣;家纺;灯具;乐器;办公设备;二手"""
),
    "firm": terms(
"""网站建设;小程序开发;SEO优化;网络推广;公司注册;代理记账;商标注册;资质代办;工商变更;税务筹划;法律咨询;
知识产权;软件定制;域名注册;云服务器;短信平台;搬家服务;开锁换锁;家电维修;管道疏通;保洁;月嫂;装修设计;印刷;
翻译;快递;货运;租车;婚庆;摄影"""
),
    "stock": terms(
"""股票;基金;期货;外汇;黄金;债券;银行;保险;信托;理财;港股;美股;新三板;科创板;研报;行情;数据;财报;公告;龙虎榜;
资金流向;融资融券;开户;模拟炒股;贷款;信用卡"""
),
    "car": terms(
"""奥迪;宝马;奔驰;本田;丰田;大众;别克;日产;现代;起亚;福特;马自达;雪佛兰;吉利;长安;比亚迪;奇瑞;长城;红旗;
沃尔沃;路虎;雷克萨斯;特斯拉;蔚来;理想;小鹏;五菱;江淮;荣威"""
),
    "jobs": terms(
"""Accounting;Administration;Construction;Customer service;Design;Driving;Education;Engineering;Finance;
Healthcare;Hospitality;Human resources;IT;Legal;Logistics;Manufacturing;Marketing;Retail;Sales;Security;
Social care;Trades"""
),
    "trades": terms(
"""Bathrooms;Boilers;Carpentry;Carpets;Decking;Drainage;Driveways;Electrical;Fencing;Flooring;Garden design;
Gutters;Heating;Kitchens;Landscaping;Loft conversions;Locks;Painting;Patios;Plastering;Plumbing;Removals;
Roofing;Tiling;Tree care;Windows"""
),
    "games_ja": terms(
"""アクション;アドベンチャー;シミュレーション;スポーツ;パズル;レース;ロールプレイング;音楽;攻略;レビュー;
新作;発売予定;ランキング;無料;体験版;中古;予約;特典"""
),
    "de": terms(
"""Autos;Fahrräder;Immobilien;Jobs;Haustiere;Möbel;Elektronik;Musik;Bücher;Mode;Sport;Garten;Tickets;
Dienstleistungen;Nachhilfe;Verschenken;Kredite;Versicherungen;Uhren;Schmuck"""
),
    "travel": terms(
"""Flights;Hotels;Cars;Cruises;Packages;Villas;City breaks;Ski;Beach;Last minute;Insurance;Visas;Transfers;
Airport parking;Tours;Deals;Gift vouchers;Travel guides"""
),
    "tr": terms(
"""Emlak;Vasıta;Yedek Parça;İkinci El;İş Makineleri;Ustalar;Özel Ders;İş İlanları;Hayvanlar;Bahis Haberleri;
Kredi;Sigorta;Saat;Takı;Giyim"""
),
    "ru": terms(
"""Авто;Недвижимость;Работа;Услуги;Электроника;Одежда;Часы;Мебель;Животные;Спорт;Кредиты;Страхование;Билеты;
Ремонт;Доставка;Образование;Юристы"""
),
}  # fmt: skip
EVENTS_CN = terms(
    """召开农业工作会议;举办书法展览;新增三条公交线路;发布高温预警;公布中考时间表;一季度财政收入增长;
开展消防安全检查;老旧小区改造开工;图书馆延长开放时间;博物馆展出青铜器;举行马拉松比赛;水库水位回落;
高铁站年底启用;启动流感疫苗接种;整顿网络虚假广告;查处一起非法集资案;公布食品抽检结果;大学城周边新开书店;
医院开设夜间门诊;楼市成交回暖"""
)
EVENTS_EN = terms(
    """council votes on new bridge;museum reopens after repairs;bus fares to rise in spring;
rain delays the harvest;library lends tools;hospital adds beds;festival draws record crowd;
mayor presents budget;factory to hire forty;police warn of loan fraud;river path closed;school wins prize;
bakers strike enters second week;casino plan rejected;pharmacy chain to close branches"""
)

STREETS_WORLD = terms("Mill Lane;High Street;Hauptstraße;Calle Mayor;Station Road;Rue de la Gare;Via Roma")
JOURNALS_CN = terms("农业工程学报;岩土力学;管理世界;中国激光;生态学报;中华内科杂志;电工技术学报;地理研究;食品科学")
LOTTERIES = terms("双色球;大乐透;福彩3D;排列五;七乐彩;EuroMillions;Lotto;Powerball;Eurojackpot")

# Portals: what a page of the trade links, as subjects and the forms put after them.
PORTAL_HEADS = terms(
    """频道导航;热门频道;栏目;网址导航;推荐;频道;全部分类;热门推荐;相关频道;
当前位置"""
)
PORTALS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "television": (
        terms(
            """湖南卫视;浙江卫视;江苏卫视;东方卫视;北京卫视;安徽卫视;山东卫视;天津卫视;
辽宁卫视;河南卫视;四川卫视;广东卫视;中央一台;中央五台;央视新闻;凤凰中文;
翡翠台;少儿频道;纪录频道;戏曲频道;电影频道;财经频道;CCTV1;CCTV6;CCTV13"""
        ),
        terms("直播;在线直播;节目表;节目预告;回看;官网;在线;高清直播;电视台;频道"),
    ),
    "sport": (
        terms(
            """足球;篮球;英超;西甲;意甲;德甲;中超;欧冠;NBA;CBA;网球;F1;台球;排球;乒乓球;
羽毛球;亚冠;世界杯;欧洲杯;奥运"""
        ),
        terms(
            """直播;比分;赛程;积分榜;新闻;视频;录像;集锦;数据;论坛;转会;即时比分;射手榜;
球队"""
        ),
    ),
    "film": (
        terms(
            """电影;电视剧;综艺;动漫;微电影;纪录片;韩剧;美剧;日剧;港剧;国产剧;动作片;
喜剧片;爱情片;科幻片;战争片;古装剧;演唱会"""
        ),
        terms(
            """大全;排行榜;在线观看;预告片;影评;下载;推荐;高清;网;资讯;片库;最新;热播;
全集"""
        ),
    ),
    "music and pictures": (
        terms(
            "音乐;歌曲;MV;铃声;电台;DJ舞曲;民谣;钢琴曲;壁纸;头像;图片;素材;摄影;表情包;动态图;明星写真;风景图片;插画"
        ),
        terms("下载;大全;排行榜;试听;网;在线听;最新;库;欣赏;分类;高清;推荐;专区"),
    ),
    "everyday": (
        terms(
            "查询;天气;地图;快递;火车票;机票;酒店;租房;二手车;招聘;邮箱;翻译;词典;万年历;菜谱;星座;网名;签名;QQ空间;交友;团购"
        ),
        terms("大全;网;查询;官网;预订;在线;工具;导航;网址;论坛;社区;下载"),
    ),
    "games": (
        terms(
            """网页游戏;手机游戏;小游戏;单机游戏;棋牌游戏;射击;赛车;策略;魔兽世界;
英雄联盟;穿越火线;梦幻西游;消消乐;连连看;斗地主"""
        ),
        terms("下载;攻略;官网;大全;排行榜;论坛;礼包;视频;资讯;专区;在线玩"),
    ),
    "books": (
        terms(
            """玄幻;都市;言情;历史;武侠;仙侠;科幻;军事;悬疑;校园文学;名著;杂志;漫画;
有声书;诗词"""
        ),
        terms("小说;排行榜;完本;免费阅读;书库;下载;连载;推荐;网;最新"),
    ),
    "money": (
        terms(
            """股票;基金;期货;外汇;黄金;债券;保险;银行;信托;理财;彩票;双色球;大乐透;福彩;
体彩;房贷;港股;美股"""
        ),
        terms("行情;新闻;资讯;开奖;走势图;论坛;知识;数据;排行;计算器;净值;学院;预测;公告"),
    ),
}

# The same in English, where the form stands first.
PORTAL_FORMS_EN = terms(
    "Best;Compare;All;Top;Guide to;How to choose;Cheap;Free;Online;New;Find;Reviews of;What is;Buying;Latest"
)
PORTALS_EN: dict[str, tuple[str, ...]] = {
    "money": terms(
        """Car Insurance;Life Insurance;Homeowners Insurance;Renters Insurance;Travel Insurance;Pet Insurance;
Health Insurance;Credit Cards;Balance Transfer Cards;Personal Loans;Mortgages;Adjustable Rate Mortgages;
Savings Accounts;Checking Accounts;Credit Monitoring;Tax Software;Debt Relief;Small Business Loans;Retirement;
Brokers;Annuities;Home Equity;Refinancing"""
    ),
    "health": terms(
        """Allergies;Asthma;Arthritis;Back Pain;Diabetes;Migraine;Heart Disease;Depression;Sleep;Cold and Flu;
Medicines A-Z;Vitamins;Weight Loss;Pregnancy;Vaccines;Skin Care;Side Effects;Pharmacies;Find a Doctor;
Drug Interactions;Generic Medicines"""
    ),
    "sport and games": terms(
        """Football;Basketball;Baseball;Hockey;Tennis;Golf;Boxing;Horse Racing;Betting Odds;Fantasy Football;
Lottery Results;Poker News;Casino Reviews;Scores;Schedules;Standings;Live Stream;Video Games;Slot Car Racing;
Esports;Bingo"""
    ),
    "shopping": terms(
        """Shoes;Handbags;Watches;Sunglasses;Laptops;Phones;Cameras;Headphones;Furniture;Mattresses;Toys;Kitchen;Garden;
Jewelry;Outlet Stores;Coupons;Gift Cards;Designer Brands;Sneakers;Coats;Clearance;Free Shipping;Deals"""
    ),
    "travel and home": terms(
        """Hotels;Flights;Car Rental;Cruises;Vacation Rentals;City Breaks;Beaches;Visas;Plumbers;Electricians;Roofing;
Movers;Apartments;Homes for Sale;Jobs;Used Cars;Dating Advice;Restaurants;Weather;Maps;Local News;Obituaries;
Classifieds"""
    ),
}

CHATTER = terms(
    """terus;kayak;mane;lagi;ayo;gas;mantap;wkwk;hahaha;haha;jum;go;go;go;no;yes;please;run;free;love;stop;wow;
lol;哈哈;哈哈哈;加油;好的;真的;来了;冲;笑死;すごい;草;ㅋㅋ;화이팅;대박;jaja;
vamos;olé;bravo;super;nein;ja;oui;hop;allez;supp;nice;cool;sama-sama"""
)
