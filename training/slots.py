"""Words and templates the injected families are made of: single words and short patterns, all typed for this file.

A template names its slots in braces; `BRAND`, `CITY`, `NUMBER` … in capitals are made up when it is filled.
Nothing here is a phrase copied from a sample, and nothing may name or hint at minors (see vocabulary.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


def terms(text: str) -> tuple[str, ...]:
    """Split a semicolon list into its terms."""
    return tuple(term.strip() for term in text.split(";") if term.strip())


class Topic(NamedTuple):
    """What a list of search phrases is made of: templates, and the words of their slots."""

    templates: tuple[str, ...]
    slots: Mapping[str, tuple[str, ...]]
    separators: Mapping[str, float]
    sizes: tuple[int, int, int] = (4, 60, 16)  # fewest, most and typical number of items
    position: str = "anywhere"


# Separators by habit of the language; "\n" is one item a line, "" is glued, "|." the bar glued to its left.
CJK_SEPARATORS = {
    "_": 3,
    ",": 3,
    "，": 2,
    "、": 3,
    " | ": 3,
    "|": 3,
    "| ": 1,
    "|.": 1,
    " ": 4,
    "\n": 3,
    "-": 1,
    " - ": 1,
    "丨": 1,
    " I ": 0.5,
    "": 1.5,
    "/": 1,
    " / ": 1,
    "｜": 1,
    ";": 0.5,
    "；": 0.5,
    "　": 0.7,
    " · ": 0.5,
    "#": 0.5,
}
LATIN_SEPARATORS = {
    ", ": 5,
    ",": 3,
    " | ": 3,
    "|": 1,
    " ": 3,
    "\n": 4,
    " - ": 2,
    " • ": 2,
    " · ": 1,
    "; ": 1,
    " / ": 2,
    "": 1,
    "|.": 0.6,
    " >> ": 0.3,
    " * ": 0.4,
    "#": 0.5,
    " — ": 0.4,
    " :: ": 0.3,
    " ~ ": 0.2,
    " ⭐ ": 0.3,
    "+": 0.2,
    " » ": 0.4,
    " ✓ ": 0.3,
    "_": 0.4,
    ". ": 0.8,
}

ADULT_REGIONS = terms(
    """国产;亚洲;欧美;日韩;日本;韩国;欧洲;中文;国内;港台;台湾;香港;泰国;东南亚;俄罗斯;中日韩;东京;北美;美国;华人;
印度;高清;麻豆;欧亚"""
)
ADULT_CLASSES = terms(
    """精品;无码;有码;熟女;人妻;少妇;成人;伦理;情色;自拍;丝袜;巨乳;美女;综合;另类;激情;免费;毛片;黄色;午夜;三级;
av;AV;a片;A级;a级毛片;AAA级;色综合;色图;色情;伊人;天堂;女优;写真;直播;夫妻;情侣;大香蕉;香蕉;蜜桃;草莓;
樱桃;豆花;番茄;理论片;动作片;限制级;伦理片;大尺度;私密;性感;诱惑;极品;专区;国语对白;中文字幕;熟妇;主播;
空姐;秘书;按摩;露出;91;97;色色;热播;爽片;一级;一级片;高潮;国语;字幕;乱码;在线精品;剧情;素人;御姐;女神;
旗袍;黑丝;吃瓜"""
)
ADULT_RUNS = terms(
    """一区;二区;三区;四区;一区二区;二区三区;一二三区;一区二区三区;久久;久久久;久久久久;日日夜夜;天天;日日;夜夜;
人人;a;v;不卡;aⅴ;欧;hd;www;4k;1080p;vip;mv;app"""
)
ADULT_EDITIONS = ("", "", "", "中字", "小说", "全集", "BD", "片段", "完整版")
ADULT_ENDS = terms(
    """在线观看;视频;网站;在线播放;免费观看;在线视频;高清视频;免费视频;影院;电影;下载;在线;免费看;大全;网址;
手机版;观看;播放;论坛;合集;入口;最新;地址;在线看;导航;免费下载;资源;资源网;完整版;全集;社区;图片;小说;
首页;官网;专区;国产;欧美;亚洲;一区;无毒;直播;流畅;更新;推荐;网;站;app;免费完整版;第一页;不卡;高清;无删减"""
)
ADULT_DIGITS = terms(
    """91;97;99;69;51;52;77;88;66;38;96;48;33;2020;2021;2022;2023;2024;1024;999;555;6080;9999;365;5g;4399;3d;720"""
)
ADULT_LATIN = terms(
    """porn;sex;xxx;milf;mature;amateur;webcam;erotic;nude;hd;free;tube;video;videos;movies;hot;live cam;adult;
massage;anal;lesbian;couple;wife;blonde;brunette;big;homemade;vr;4k;full;streaming;site;online;photos;
stories;chat;swinger;fetish;pornstar"""
)

LEAD_HEADS = terms(
    """谢谢光临本站;感谢浏览;欢迎再次访问;感谢您的光临;谢谢您来到本站;本页访问完毕;多谢关注本网;感谢支持;
承蒙惠顾;欢迎您常来看看;您已浏览到页尾;温馨提示;感谢阅读本文;感谢阁下来访;亲爱的访客;本站提示;各位网友"""
)
LEAD_TAILS = terms(
    """你也许想看;猜你喜欢;下面的内容也值得一看;相关资源推荐;更多热门内容;大家还在搜;其他人正在看;
以下栏目或许对你有用;热门搜索;为您推荐;今日热词;可能对您有帮助的资料;您或许会喜欢下列内容;更多精彩尽在;
相关搜索;推荐以下站点;随机推荐;看过本页的人还看了;友站资源;最近更新的资源"""
)
LEAD_OTHER = terms(
    """Thank you for stopping by, you might also enjoy;People who read this page also looked at;
More resources for our visitors;Popular searches today;Related keywords;You may be interested in;
Recommended for you;Trending now;Tags;Search terms;Top searches;
Gracias por su visita, también le puede interesar;Búsquedas relacionadas;
Das könnte Sie auch interessieren;Beliebte Suchanfragen;Terima kasih sudah berkunjung, lihat juga;
Pencarian terkait;Bạn có thể quan tâm;Từ khóa liên quan;ご覧いただきありがとうございます、こちらもどうぞ;
関連キーワード;함께 찾는 검색어;추천 검색어;İlginizi çekebilir;Popüler aramalar;คำค้นหายอดนิยม;
Вас может заинтересовать;Популярные запросы;Vous aimerez aussi;Recherches populaires;
Potrebbe interessarti anche;Veja também;Zobacz także;Zie ook"""
)
CHANNEL_WORDS = terms(
    """论坛;科技;新闻;体育;财经;娱乐;汽车;房产;军事;游戏;教育;健康;旅游;美食;时尚;数码;视频;图片;博客;社区;股票;
星座;历史;文化;宠物;家居;招聘;天气;彩票"""
)

CN_BRANDS = terms(
    """皇冠;新葡京;葡京;威尼斯人;金沙;永利;太阳城;银河;博狗;澳门;伟德;鸿运;亚博;乐鱼;开云;华体会;米乐;爱游戏;
必威;万博;bet365;ag真人;bbin;pg电子;mg电子;龙8;凯发;利来;环亚;九游;欧宝;江南;星空;完美;半岛;雷火;竞博;
火狐;南宫;188;tt;w88;fun88;manbetx;18luck;m88;k8;杏彩;凤凰;腾龙;大发;彩神;天天;聚宝盆;盛世;金鼎;万豪;新宝;
恒峰;尊龙;千亿;壹号;世博;亿发;必赢"""
)
CN_BRAND_HEADS = "金银宝龙凤鸿运盛天星宏华亿博乐鼎富汇聚恒永利万豪新皇大顺通瑞祥福来吉安泰兴旺"
CN_BRAND_TAILS = terms("国际;娱乐;体育;棋牌;电竞;彩票;平台;集团;真人;电子;娱乐城;在线;中国;直营") + ("",) * 4

CN_GAMBLING = Topic(
    terms(
        """CNBRAND{act};CNBRAND{act};CNBRAND{game}{act};{game}{act};CNBRAND{game};{place}{game};{game}平台{ask};
CNBRAND({state})CNBRAND;CNBRAND{act}{state};{year}{game}{act};CNBRAND·{act};{game};CNBRAND;{cup}{act};
CNBRAND最新{act};CNBRANDLATIN{act};正规{game}平台;{game}{ask};CNBRAND({state}){act}-{act}"""
    ),
    {
        "act": terms(
            """官网;app下载;登录;网址;入口;注册;首页;手机版;下载;官方网站;最新网址;备用网址;开户;登陆;客服;代理;在线;
登录入口;网页版;充值;提现;平台;体验金;送彩金;官方下载;全站;vip;APP;电脑版;走势图;技巧;规律;规则;开奖结果;
计划;投注;试玩;安卓下载;ios下载;优惠;线路检测"""
        ),
        "game": terms(
            """百家乐;时时彩;六合彩;北京赛车;pk10;快三;老虎机;轮盘;德州扑克;斗地主;炸金花;牛牛;捕鱼;龙虎;骰宝;足球;篮球;
电竞;真人;棋牌;体育;彩票;11选5;快乐十分;幸运飞艇;麻将;21点;电子游戏;重庆彩;分分彩;双面盘;滚球;世界杯;
欧洲杯;竞彩;3d;七星彩;梭哈;红黑大战;水果机"""
        ),
        "ask": terms("""哪个好;推荐;排行;怎么样;可靠吗;有哪些;怎么玩;是真的吗;哪里玩;下载"""),
        "place": terms("""澳门;菲律宾;缅甸;柬埔寨;拉斯维加斯;香港;网上;线上;手机;境外"""),
        "state": terms("""中国;集团;官方;股份;有限公司;2024;2025;全站;认证;vip;正版;科技"""),
        "year": terms("""2022;2023;2024;2025;2026"""),
        "cup": terms("世界杯;欧冠;英超;欧洲杯;亚洲杯;nba;西甲;德甲;意甲;中超"),
    },
    CJK_SEPARATORS,
    (3, 60, 14),
)

SEO_CN = Topic(
    terms(
        """{city}{seo};{seo};{seo}{who};{game}{soft};{city}{trade};{trade};{seo}价格;{net}{seo};{city}{net};
{game}发布网;{soft};{trade}多少钱"""
    ),
    {
        "seo": terms(
            """SEO优化;快排;网站优化;关键词排名;百度推广;seo外包;霸屏;排名优化;网站建设;蜘蛛池;外链代发;友链交易;老域名;
快速收录;整站优化;自媒体代运营;网络推广;软文发布;新闻发稿;小程序开发;抖音代运营;网站克隆;仿站;采集站;站群;
刷流量;黑帽;权重提升;下拉词;负面处理"""
        ),
        "who": terms("""公司;服务;培训;工具;软件;平台;哪家好;报价;教程;外包"""),
        "game": terms("""传奇;魔域;奇迹;天龙;征途;热血江湖;诛仙;冒险岛;石器;剑网;地下城;仙境"""),
        "soft": terms("私服;外挂;变态版;一条龙;开服表;发布站;sf;补丁;辅助;合击;登录器;复古版;加速器"),
        "trade": terms(
            """试管助孕;美容加盟;私家侦探;债务追讨;开锁;白癜风医院;整形医院;股票配资;外汇返佣;期货开户;贷款;办证;
代写论文;代开发票;高仿手表;复刻名表;手机定位;算命;风水;留学中介;公司注册;二手车;仓储;叉车;地磅;充气模;
工作服;纹身;减肥药;增高鞋;信用卡代还;花呗提现"""
        ),
        "net": terms("网络;站长;流量;云;互联;微信;抖音;短视频;电商"),
        "city": ("CITYCN",),
    },
    CJK_SEPARATORS,
    (4, 50, 18),
)

ILLICIT_CN = Topic(
    terms(
        """{city}{deal};{deal};{deal}{contact};{city}{deal}{contact};{adj}{deal};{deal}{adj};{city}哪里有{deal};
{deal}多少钱;{deal}QQNUMBER;{deal}微信LETTERS"""
    ),
    {
        "deal": terms(
            """代开发票;增值税发票;办证;刻章;套现;小额贷款;无抵押贷款;黑户贷款;私人侦探;婚外情调查;网上兼职;刷单;代孕;
供卵;代考;隐形耳机;毕业证;驾照代办;手机窃听;银行卡收购;对公账户;跑分;盗号;改成绩;代写;走私烟;免税香烟;
仿真枪;POS机;征信修复;信用卡代办;黑客接单;数据出售;收手机卡"""
        ),
        "contact": terms("""电话;联系方式;加微信;客服;公司;平台;价格;办理;热线;渠道;扣扣"""),
        "adj": terms("""专业;快速;正规;可靠;当天;上门;全国;本地;靠谱;高价"""),
        "city": ("CITYCN",),
    },
    CJK_SEPARATORS,
    (3, 40, 10),
)

MASSAGE_CN = Topic(
    terms(
        """{city}{serv};{city}{adj}{serv};{city}{serv}{info};{serv};{city}{info};{adj}{serv}{info};{city}{area}{serv}"""
    ),
    {
        "serv": terms(
            """按摩;上门按摩;spa;SPA会所;桑拿;养生馆;品茶;喝茶;外卖工作室;足浴;推拿;楼凤;高端会所;水疗;夜总会;ktv;
私人会所;伴游;模特;商务;qm;论坛;新茶;喝茶海选"""
        ),
        "adj": terms("""高端;男士;夜间;附近;24小时;品质;休闲;本地;豪华;私密;五星"""),
        "info": terms("""电话;价格;体验;论坛;推荐;预约;网;上课群;资源;指南;联系方式;工作室;评价;排行"""),
        "area": terms("东区;西区;南区;城北;机场;火车站;开发区;中心;会展;新区"),
        "city": ("CITYCN",),
    },
    CJK_SEPARATORS,
    (4, 50, 14),
)

TRADE_CN = Topic(
    terms(
        """{noun}{deal};{city}{noun}{deal};{adj}{noun};{noun}{ask};{city}{noun};{adj}{noun}{deal};{noun};{use}{noun};
{use}{noun}{deal};{noun}型号NUMBER;{noun}生产线;{city}{adj}{noun}{deal};{noun}图片;{deal}{noun}"""
    ),
    {
        "noun": terms(
            """不锈钢管;挖掘机;空压机;减速机;离心泵;铝型材;彩钢板;电缆;桥架;螺丝;轴承;滤芯;阀门;锅炉;冷库;叉车;货架;
包装机;灌装机;颗粒机;烘干机;破碎机;振动筛;输送带;塑料袋;纸箱;标签;地板;瓷砖;涂料;胶水;净水器;路灯;充电桩;
光伏板;石膏线;隔音棉;雕塑;帐篷;伸缩门;道闸;监控;门禁;投影仪;打印机;硒鼓;手表;皮包;真皮沙发;茶具;紫砂壶;
蜂蜜;虫草;燕窝;枸杞;海参;山药;白酒;大闸蟹;苗木;草坪;红豆杉;肥料;饲料;种猪;鹅苗;锦鲤;护膝;轮椅;助听器;假发;
种植牙;隐形眼镜;手机壳;充电宝;耳机;键盘;水晶灯;窗帘;床垫;浴缸;马桶;橱柜;防盗门;铁艺;假山;气模;蹦床;灯笼;
烟花;横幅;铜牌;奖杯;制氧机;搅拌站;吊车;洒水车"""
        ),
        "deal": terms(
            """厂家;批发;价格;多少钱;供应商;公司;报价;品牌;定制;出租;维修;回收;采购;直销;代理;加盟;图片;排名;参数;规格;
招商;下载;工厂;现货;哪里买;安装;加工"""
        ),
        "adj": terms(
            """全自动;小型;二手;便宜;进口;优质;新款;环保;节能;大型;专业;移动;防水;智能;高档;家用;工业;户外;正品;特价"""
        ),
        "use": terms("""化工;食品;农用;医用;建筑;矿山;船用;车载;家用;实验室;酒店;养殖"""),
        "ask": terms("""哪家好;怎么样;多少钱一台;怎么选;十大品牌;哪里有卖;使用方法;价格表;的作用;排行榜;有用吗"""),
        "city": ("CITYCN",),
    },
    CJK_SEPARATORS,
    (4, 60, 16),
)

STREAM_CN = Topic(
    terms(
        """{show}{act};{cls}{act};{year}{cls}{act};{cup}{live};{team}vs{team}{live};{cls};{show};{site}{act};
{cls}大全{act};{site}{cls};{live}{act}"""
    ),
    {
        "show": terms(
            """夜色迷城;暗潮;江山风云;离婚律师;总裁的秘密;隐婚;错爱;重生之门;龙王赘婿;都市神医;花开半夏;风起长安;
心动的约定;第三个人;沉默的证词;最后一班船;雪山来客;大漠孤烟;妖王;剑仙传;末日列车;星际逃亡;女法医;迷雾山庄;
消失的新娘;替身;狂飙人生"""
        ),
        "act": terms(
            """免费观看;在线观看;全集;高清;完整版;免费阅读;txt下载;迅雷下载;无广告;百度云;在线阅读;全文免费;大结局;
国语版;手机在线;播放;无弹窗;免费下载;未删减;网盘"""
        ),
        "cls": terms(
            """电视剧;电影;动漫;综艺;短剧;小说;漫画;韩剧;美剧;泰剧;恐怖片;喜剧片;战争片;动作片;爱情片;音乐;mp3;纪录片;
言情小说;玄幻小说"""
        ),
        "site": terms(
            """飘花;星辰;神马;八戒;策驰;月光;麦田;天天;极速;樱桃;西瓜;大米;蓝莓;茶杯狐;牛牛;萌虎;三六;奇异"""
        ),
        "year": terms("""2021;2022;2023;2024;2025;2026;最新;经典;热播"""),
        "cup": terms("""英超;nba;欧冠;西甲;cba;中超;世界杯;法甲;亚冠;欧洲杯;意甲"""),
        "live": terms("""直播;在线直播;高清直播;无插件直播;录像;回放;比分;免费直播;jrs直播"""),
        "team": terms("曼联;湖人;勇士;皇马;巴萨;利物浦;国米;尤文;阿森纳;切尔西;拜仁;热火;火箭;雄鹿;太阳"),
    },
    CJK_SEPARATORS,
    (3, 40, 8),
    "head",
)

SLOT_ID = Topic(
    terms(
        """{a} {b};{a} {b};{a} {b} {c};{b} {a} {c};BRANDID;{a} BRANDID;BRANDID {d};{a} {b} BRANDID;login BRANDID;
{d} BRANDID;{a} {server};rtp BRANDID;{a} {dep};{a} {b} --BRANDID;{a} {b} (BRANDID);{a} {game};
bocoran {a} {b};{a} {b} {year};{b};{a};{dep} {b}"""
    ),
    {
        "a": terms(
            """slot;situs;link;agen;judi;situs slot;slot online;bandar;daftar;situs judi;link slot;akun;toto;togel;rtp;
demo;slot demo;judi bola;poker;casino;parlay;bocoran"""
        ),
        "b": terms(
            """gacor;online;resmi;terpercaya;terbaru;gampang menang;maxwin;terbaik;hari ini;malam ini;anti rungkad;
terlengkap;viral;pulsa;dana;scatter hitam;pg soft;pragmatic;4d;macau;sgp;hk;pro"""
        ),
        "c": terms(
            """2023;2024;2025;indonesia;asia;hari ini;login;deposit pulsa;
tanpa potongan;winrate tinggi;bonus new member;
apk;rtp live;x500;mudah menang;gratis"""
        ),
        "d": terms(
            """login;daftar;link alternatif;slot;rtp;apk;wap;vip;resmi;toto;official;bonus;heylink;deposit;maxwin"""
        ),
        "server": terms(
            """server thailand;server kamboja;server luar;server jepang;server rusia;server filipina;server vietnam"""
        ),
        "dep": terms(
            """depo 5k;deposit 10rb;depo 25 bonus 25;slot 5000;slot qris;bonus 100;slot via dana;deposit gopay;
tanpa deposit;minimal 10k;freebet"""
        ),
        "game": terms(
            """mahjong ways;gates of olympus;starlight princess;sweet bonanza;wild bounty;zeus;sugar rush;lucky neko;
mahjong wins;aztec"""
        ),
        "year": terms("""2022;2023;2024;2025;2026"""),
    },
    {**LATIN_SEPARATORS, " ": 8, "\n": 6, "": 2},
    (3, 80, 14),
)

BETTING_TR = Topic(
    terms(
        """BRAND {a};BRAND {a} {y};{b};{b} {a};{c} {b};BRAND;{c} BRAND;BRAND {b};{b} {y};BRANDNUMBER {a};en iyi {b};
{b} veren siteler;BRAND twitter;BRANDTR{a}"""
    ),
    {
        "a": terms(
            """giriş;güncel giriş;yeni adres;üyelik;bonus;mobil giriş;kayıt;indir;şikayet;para çekme;canlı destek;
güvenilir mi;apk"""
        ),
        "y": terms("""2023;2024;2025;2026;bugün;yeni"""),
        "b": terms(
            """deneme bonusu;bahis siteleri;canlı bahis;casino siteleri;kaçak bahis;slot siteleri;bedava bahis;
iddaa tahminleri;canlı casino;rulet oyna;illegal bahis;blackjack;çevrimsiz bonus;yatırımsız deneme bonusu;
kumar siteleri;poker oyna;bahis oranları;maç izle"""
        ),
        "c": terms("güvenilir;güncel;yabancı;yeni;lisanslı;yüksek oranlı;popüler;kaliteli;canlı"),
    },
    LATIN_SEPARATORS,
    (3, 60, 14),
)

SLOTS_TH = Topic(
    terms("""{a}{b};{a}{b}{c};{a} BRAND;{a};BRAND {b};{a}{c};{b};BRAND{d} {a};{a}{d};{c}{a};{a} {n};BRANDทางเข้า"""),
    {
        "a": terms(
            """สล็อต;บาคาร่า;คาสิโนออนไลน์;สล็อตเว็บตรง;หวยออนไลน์;แทงบอล;เกมยิงปลา;รูเล็ต;ไฮโล;ป๊อกเด้ง;สล็อตออนไลน์;คาสิโน;
แทงหวย;เสือมังกร;ทดลองเล่นสล็อต;เว็บพนัน;บอลสเต็ป;พีจีสล็อต"""
        ),
        "b": terms(
            """เว็บตรง;แตกง่าย;ไม่ผ่านเอเย่นต์;ฝากถอนไม่มีขั้นต่ำ;ได้เงินจริง;เครดิตฟรี;วอเลท;ฟรีเครดิต;อันดับ 1;เว็บใหญ่;
โปรโมชั่น;สมัครสมาชิก;ทางเข้า;ล่าสุด"""
        ),
        "c": terms("""2024;2025;มาแรง;ยอดนิยม;มือถือ;ออโต้;ทุกค่าย;ต่างประเทศ;24 ชั่วโมง;ระบบออโต้;ไม่ล็อคยูส"""),
        "d": terms("""168;888;88;77;99;777;365;456;789;55"""),
        "n": terms("""pg;joker;ufabet;1บาท;10รับ100;20รับ100;xo;sa;ambbet;superslot"""),
    },
    LATIN_SEPARATORS,
    (3, 60, 14),
)

GAMBLING_KO = Topic(
    terms(
        """{a};{a}{b};{c}{a};BRANDKO{b};{a} {b};{c} {a};BRANDKO;{a}{b} DOMAINTOKEN;{city}{d};{a} DOMAINTOKEN {a};
{d} {b};BRANDKO {a}"""
    ),
    {
        "a": terms(
            """바카라;토토;릴게임;카지노;슬롯;먹튀검증;파워볼;온라인카지노;바다이야기;황금성;야마토;홀덤;사설토토;
스포츠토토;룰렛;블랙잭;경마;오션파라다이스;체리마스터;신천지게임;슬롯머신;꽁머니;안전놀이터;메이저놀이터"""
        ),
        "b": terms(
            """사이트;추천;주소;게임;다운로드;쿠폰;총판;가입;검증;하는법;순위;커뮤니티;무료;배팅;솔루션;분석;홍보;
바로가기;예시;꽁머니"""
        ),
        "c": terms("""온라인;안전;메이저;국내;해외;최신;무료;인터넷;실시간;라이브;모바일;신규"""),
        "d": terms("""출장안마;마사지;오피;유흥;대출;건마;룸싸롱;급전;출장;스웨디시;홈타이;셔츠룸;휴게텔;소액결제"""),
        "city": ("CITYKO",),
    },
    {**LATIN_SEPARATORS, "#": 3, " #": 2, "": 2},
    (3, 60, 14),
)

ILLICIT_KO = Topic(
    terms("{city}{x};{x}{y};{x};{z}{x};{y};{city}{y};{x}{y}"),
    {
        "x": terms(
            """떨;액상;버드;허브;대출;급전;흥신소;위조신분증;비아그라;시알리스;졸피뎀;작대기;아이스;캔디;통장매입;폰테크;
내구제;소액결제현금화;가짜여권"""
        ),
        "y": terms(
            """팝니다;구매;삽니다;판매;파는곳;가격;정품;드랍;선드랍;직거래;후기;텔레그램;딜러;구입방법;배송;인증"""
        ),
        "z": terms("""정품;당일;비대면;무직자;개인;국내;해외;안전"""),
        "city": ("CITYKO",),
    },
    {"#": 6, " #": 5, " ": 2, ",": 1, "\n": 1},
    (6, 80, 26),
)

GAMBLING_VI = Topic(
    terms(
        """{a};{a} {b};BRAND {c};{d} {e};{d} {e} hôm nay;BRAND;{a} {y};top {n} {a};BRAND.com;{c} BRAND;{e} gặp {e};
{a} BRAND;link vào BRAND;tỷ lệ kèo {e}"""
    ),
    {
        "a": terms(
            """nhà cái uy tín;cá cược bóng đá;tài xỉu online;game bài đổi thưởng;nổ hũ;bắn cá;lô đề online;xóc đĩa;
soi cầu;casino trực tuyến;nha cai uy tin;kèo nhà cái;đá gà trực tiếp;xổ số miền bắc;cá độ bóng đá"""
        ),
        "b": terms(
            """uy tín nhất;việt nam;mới nhất;hiện nay;đổi thưởng;tặng tiền cược;
khuyến mãi;apk;ios;miễn phí;qua thẻ cào"""
        ),
        "c": terms("""đăng nhập;link;tải app;đăng ký;khuyến mãi;trang chủ;casino;mobile;nạp tiền;lừa đảo"""),
        "d": terms("""bảng xếp hạng;trực tiếp;lịch thi đấu;kết quả;nhận định;đội hình"""),
        "e": terms(
            """ngoại hạng anh;la liga;bundesliga;arsenal;chelsea;đức;tây ban nha;world cup;serie a;napoli;porto;hà nội;
u23;ajax"""
        ),
        "y": terms("2022;2023;2024;2025"),
        "n": terms("3;5;10;12;20"),
    },
    {**LATIN_SEPARATORS, "": 7, " ": 4},
    (3, 40, 5),
)

SPAM_RU = Topic(
    terms(
        """{a};{a} {b};купить {c};{c} {d};BRAND {b};{c} купить {city};BRAND казино;{a} BRAND;{c} цена;{e};{e} {city};
{c} {d} {city};закладки {city};{a} {y}"""
    ),
    {
        "a": terms(
            """казино онлайн;игровые автоматы;букмекерская контора;ставки на спорт;казино вулкан;слоты;рулетка онлайн;
покер;бездепозитный бонус;казино на деньги;лучшие казино;фриспины;зеркало казино"""
        ),
        "b": terms(
            """зеркало;официальный сайт;вход;скачать;бонус;промокод;регистрация;отзывы;играть бесплатно;рабочее зеркало;
вывод денег;на телефон"""
        ),
        "c": terms(
            """диплом;аттестат;права;гашиш;мефедрон;справку;водительское удостоверение;больничный;паспорт;
трудовую книжку;сигареты оптом;виагру;дженерики;поддельные деньги;санкнижку;диплом о высшем образовании"""
        ),
        "d": terms(
            """с занесением в реестр;недорого;с доставкой;без предоплаты;дешево;срочно;официально;гознак;анонимно"""
        ),
        "e": terms(
            """займ без отказа;кредит наличными;микрозайм на карту;эскорт услуги;проститутки;индивидуалки;взлом вк;
раскрутка сайта;прогон по базе;накрутка подписчиков;обнал"""
        ),
        "y": terms("2023;2024;2025"),
        "city": ("CITYRU",),
    },
    LATIN_SEPARATORS,
    (4, 60, 14),
)

DRUGS = terms(
    """viagra;cialis;levitra;kamagra;tadalafil;sildenafil;vardenafil;propecia;finasteride;xenical;orlistat;
tramadol;xanax;valium;ambien;zolpidem;phentermine;modafinil;provigil;soma;ativan;klonopin;lasix;
furosemide;prednisone;amoxicillin;doxycycline;zithromax;clomid;nolvadex;accutane;synthroid;lexapro;zoloft;
cymbalta;celexa;neurontin;lyrica;gabapentin;colchicine;allopurinol;metformin;ventolin;singulair;priligy;
dapoxetine;valtrex;acyclovir;ivermectin;hydroxychloroquine;stromectol;lipitor;diflucan;flomax;avodart;
robaxin;flagyl;cipro;augmentin;bactrim;premarin;estrace;oxycontin;percocet;adderall"""
)
PHARMA = Topic(
    terms(
        """buy {d};buy {d} online;{d} online;cheap {d};{d} {mg};{d} without prescription;generic {d};{d} {x};
order {d} {x};{d} price;{d};{x} {d};where to buy {d};{d} cost;achat {d};{d} kaufen;comprar {d};
{d} bez recepty;{d} prezzo;köpa {d};{d} rezeptfrei;acheter {d} en ligne"""
    ),
    {
        "d": DRUGS,
        "mg": terms("""5mg;10mg;20 mg;25 mg;50mg;100mg;120 mg;200mg"""),
        "x": terms(
            """online pharmacy;no rx;overnight;usa;uk;canada;cod;next day delivery;for sale;discount;low cost;
free shipping;mexico;fedex;reviews;side effects;coupon;pills;tablets;soft tabs;from india"""
        ),
    },
    LATIN_SEPARATORS,
    (3, 70, 16),
)

BRANDS = terms(
    """louis vuitton;gucci;chanel;prada;hermes;rolex;omega;cartier;burberry;coach;michael kors;ray ban;oakley;
ugg;timberland;jordan;moncler;canada goose;north face;nike air max;adidas yeezy;balenciaga;dior;fendi;
celine;goyard;breitling;tag heuer;hublot;patek philippe;audemars piguet;iwc;tissot;pandora;tiffany;
swarovski;montblanc;beats;true religion;christian louboutin;jimmy choo;valentino;mulberry;longchamp;
lululemon;tory burch;supreme;off white;stone island"""
)
REPLICA_EN = Topic(
    terms(
        """{b} {g};{adj} {b} {g};{b} {g} {s};{adj} {b};{b} {s};{b} outlet;replica {b};{adj} {g};{b} {g} CODE;{b} uk;
{b} sale;fake {b} {g};{b}"""
    ),
    {
        "b": BRANDS,
        "g": terms(
            """handbags;bags;wallet;belt;shoes;sneakers;watches;sunglasses;boots;jackets;purses;jewelry;bracelet;scarf;
hats;jersey;heels;luggage;t shirt;backpack;coats;rings"""
        ),
        "adj": terms(
            """cheap;replica;fake;discount;authentic;wholesale;best;designer;luxury;1:1;AAA;knockoff;genuine;mens;womens"""
        ),
        "s": terms(
            """outlet;sale;online;store;uk;usa;official website;clearance;free shipping;discount;factory;for cheap;
black friday;australia;canada;online store;price;reviews"""
        ),
    },
    LATIN_SEPARATORS,
    (3, 50, 12),
)
BRANDS_JA = terms(
    """ルイヴィトン;シャネル;グッチ;エルメス;ロレックス;オメガ;プラダ;コーチ;クロエ;ゴヤール;ボッテガ;バーバリー;
セリーヌ;ディオール;カルティエ;モンクレール;ウブロ;パネライ;ティファニー;フェンディ;バレンシアガ;
ミュウミュウ;トリーバーチ;ケイトスペード;ダンヒル;ガガミラノ;シュプリーム;アディダス;ナイキ;ブルガリ"""
)
REPLICA_JA = Topic(
    terms(
        """{b} {g} {s};{b} コピー;{b} {s};ブランド {g} {s};{b}{g}{s};スーパーコピー {b};{b} {g} コピー;{g} {s};
{b} {g};{b} 偽物 {s};{b} {g} メンズ;{b} {g} レディース 人気;ブランドコピー {g};{b} NUMBER {s}"""
    ),
    {
        "b": BRANDS_JA,
        "g": terms(
            """財布;バッグ;時計;長財布;キーケース;ベルト;サングラス;ネックレス;リュック;スニーカー;トート;ブーツ;指輪;
マフラー;ピアス;腕時計;名刺入れ;ダウン"""
        ),
        "s": terms(
            """激安;通販;コピー;人気;新作;専門店;格安;安い;アウトレット;正規品;偽物;代引き;送料無料;店舗;セール;n級;
最高品質;口コミ;販売;価格;公式;中古;買取"""
        ),
    },
    {**CJK_SEPARATORS, " ": 6, ",": 5},
    (3, 50, 12),
)

LOANS_EN = Topic(
    terms(
        """{a} {l};{l} {x};{l};{a} {l} {x};{i} {q};{i} insurance;cheap {i} insurance;{i} insurance {x};{e};{a} {e};
{e} {x};{t};{t} {x};{t} reviews;best {t}"""
    ),
    {
        "a": terms(
            """payday;cash advance;instant;bad credit;personal;fast;online;same day;guaranteed;no credit check;cheap;
best;urgent;easy;affordable"""
        ),
        "l": terms(
            """loans;loan;cash loans;lenders;mortgage;refinance;credit cards;debt consolidation;title loans;
installment loans;car loans"""
        ),
        "x": terms(
            """online;near me;no fax;uk;usa;direct lender;today;for sale;reviews;24/7;with no job;free;service;company;
cheap;2024;reddit;canada;quotes"""
        ),
        "i": terms("""car;home;health;life;auto;travel;pet;business;motorcycle;dental;renters"""),
        "q": terms("""quotes;cover;broker;rates;companies"""),
        "e": terms(
            """essay writing service;write my essay;buy essay;dissertation help;custom term paper;research paper writer;
buy thesis;assignment help;case study writer;resume writing;coursework help;plagiarism free essay;
homework answers"""
        ),
        "t": terms(
            """forex signals;binary options;bitcoin mixer;crypto trading bot;seo backlinks;buy followers;
buy instagram likes;windows key;fake id;passport online;iptv subscription;vpn deal;web hosting;replica;
diet pills;hair transplant;weight loss keto;cbd oil;vape juice;e-liquid"""
        ),
    },
    LATIN_SEPARATORS,
    (3, 60, 14),
)

WARES_EN = Topic(
    terms(
        """{s} {v};{s} {v} {w};download {s};{s};{m} {o};watch {m} {o};{s} CODE;{s} {y};{n} {d};cheap {n};{n} {d} {w};
{n} price;buy {n};{adj} {n};{adj} {n} {d};{n} wholesale;{n} near me;how to {d} {n};best {n} {y}"""
    ),
    {
        "s": terms(
            """photo editor;office suite;pdf converter;antivirus;video editor;driver updater;autotune;sketch cad;
data recovery;screen recorder;disk cloner;launcher;racing game;chess engine;gta mod;farm simulator"""
        ),
        "v": terms(
            """crack;keygen;serial key;full version;mod apk;license key;patch;
activator;torrent;portable;unlimited money;
free download;product key"""
        ),
        "w": terms("""free;2023;2024;2025;latest;windows 10;mac;android;no survey;online;usa;uk"""),
        "m": terms(
            """the lost harbour;midnight convoy;iron valley;paper moonlight;second chance hotel;silent river;
broken compass;desert queen;the last bridge;red lantern"""
        ),
        "o": terms(
            """full movie;online free;123movies;hd;season 2;episode 4;english subtitle;putlocker;streaming;torrent"""
        ),
        "y": terms("""2022;2023;2024;2025"""),
        "n": terms(
            """garden hose;led bulb;pool pump;wooden door;yoga mat;phone case;roof tile;dog bed;wedding dress;
ceiling fan;gaming chair;solar panel;hot tub;water filter;carbon bike;coffee beans;steel pipe;marble slab;
air fryer;drill bits;fishing rod;wig;tattoo ink;curtain rod;camper van;violin;sewing machine;bed frame;
car battery;trailer tires;kitchen sink;oil painting;rug;e bike;golf clubs;snow blower;chainsaw;
welding helmet"""
        ),
        "d": terms(
            """buy;price;cheap;online;for sale;discount;supplier;manufacturer;factory;review;rental;repair;install;
clearance;deals;used"""
        ),
        "adj": terms(
            """best;cheap;used;top;wholesale;small;custom;portable;cordless;heavy duty;discount;affordable;luxury"""
        ),
    },
    LATIN_SEPARATORS,
    (3, 60, 16),
)

WARES_WORLD = Topic(
    terms(
        """{de} {dv};{de} günstig;{dv} {de};{es} {ev};{ev} {es};{es} barato;{fr} {fv};{fr} pas cher;{it} {iv};
{iv} {it};{pt} {pv};{pl} {lv};{ru} {rv};{ru} недорого;{tr} {tv};{id} {dd};{vi} {vv};{ja}{jv};{ko} {kv}"""
    ),
    {
        "de": terms(
            """handyhülle;gartenmöbel;dachziegel;kredit;matratze;winterreifen;uhren;brautkleid;solaranlage;detektiv"""
        ),
        "dv": terms("""kaufen;online;preis;test;shop;vergleich;bestellen"""),
        "es": terms("""colchones;zapatos;muebles;relojes;préstamos;neumáticos;abogado;cerrajero;vestidos;tarot"""),
        "ev": terms("""comprar;precio;online;ofertas;baratos;madrid"""),
        "fr": terms("""matelas;sac;montre;crédit;voyance;serrurier;chaussures;pneus;robe de mariée"""),
        "fv": terms("""acheter;prix;en ligne;soldes;avis"""),
        "it": terms("""scarpe;orologi;prestiti;mobili;borse;divani"""),
        "iv": terms("""online;prezzo;offerte;economici;comprare"""),
        "pt": terms("""tênis;relógio;empréstimo;colchão;bolsa;celular"""),
        "pv": terms("""barato;comprar;preço;online;promoção"""),
        "pl": terms("""kredyt;meble;buty;zegarki;opony"""),
        "lv": terms("""tanio;sklep;cena;online;opinie"""),
        "ru": terms("""окна;шины;диваны;кредит;часы;двери;обувь;бетон"""),
        "rv": terms("""купить;цена;оптом;заказать;интернет магазин"""),
        "tr": terms("""nakliyat;çilingir;halı;saat;ayakkabı"""),
        "tv": terms("""fiyat;satın al;ucuz;en iyi"""),
        "id": terms("""sepatu;obat kuat;jasa seo;pinjaman online;sewa mobil"""),
        "dd": terms("""murah;harga;jual;terdekat;terbaik"""),
        "vi": terms("""giày;đồng hồ;vay tiền;túi xách;nội thất"""),
        "vv": terms("""giá rẻ;mua;uy tín;chính hãng"""),
        "ja": terms("""浮気調査;脱毛;引越し;探偵;ローン;出会い系"""),
        "jv": terms("""安い;比較;口コミ;ランキング;即日;無料"""),
        "ko": terms("""대출;이사;가발;인테리어;중고차"""),
        "kv": terms("""추천;가격;비교;견적;업체"""),
    },
    LATIN_SEPARATORS,
    (5, 60, 18),
)

CASINO_WORLD = Topic(
    terms(
        """{fr};{fr} BRAND;BRAND {fx};{es};{es} BRAND;BRAND {ex};{de};{de} {dx};{it};BRAND {ix};{pt};BRAND {px};{pl};
BRAND {plx};{ja};{ja}{jx};{ar};{ar} BRAND;{hi};BRAND {hx};{en};BRAND {nx};{en} {nx};{sv};{cs};{nl};
BRANDNUMBER;BRAND apk"""
    ),
    {
        "fr": terms(
            """casino en ligne;casino en ligne argent réel;machines à sous;
paris sportifs;jeux de casino;bonus sans dépôt"""
        ),
        "fx": terms("""avis;connexion;bonus;inscription;retrait"""),
        "es": terms(
            """casino online;apuestas deportivas;tragamonedas gratis;
casas de apuestas;ruleta en vivo;bono sin depósito"""
        ),
        "ex": terms("""apuestas;registro;opiniones;bono;chile;méxico"""),
        "de": terms(
            """online casino;spielautomaten;sportwetten;casino ohne lizenz;freispiele ohne einzahlung;wettanbieter"""
        ),
        "dx": terms("""bonus;echtgeld;paypal;österreich;erfahrungen;schweiz"""),
        "it": terms("""casinò online;siti scommesse;slot gratis;casino non aams;giri gratis"""),
        "ix": terms("""recensioni;bonus;login;scommesse"""),
        "pt": terms("""cassino online;apostas esportivas;jogo do tigrinho;caça níqueis;casa de apostas"""),
        "px": terms("""é confiável;brasil;entrar;bônus;aposta;login"""),
        "pl": terms("""kasyno online;zakłady bukmacherskie;darmowe spiny;gry hazardowe"""),
        "plx": terms("""logowanie;bonus;opinie;kasyno"""),
        "ja": terms("""オンラインカジノ;ブックメーカー;パチンコ;スロット;バカラ;入金不要ボーナス"""),
        "jx": terms("""おすすめ;登録;無料;比較;攻略;出金"""),
        "ar": terms("""كازينو اون لاين;مراهنات رياضية;العاب قمار;روليت;بوكر اون لاين;ماكينات القمار"""),
        "hi": terms("""ऑनलाइन कैसीनो;सट्टा मटका;तीन पत्ती;क्रिकेट सट्टेबाजी;ऑनलाइन जुआ"""),
        "hx": terms("""ऐप डाउनलोड;लॉगिन;बोनस;रजिस्टर"""),
        "en": terms(
            """online casino;sports betting;free spins;no deposit bonus;live roulette;slot machines;crypto casino;
poker sites;aviator game;betting tips"""
        ),
        "nx": terms(
            """login;apk;bonus;review;download;india;bangladesh;kenya;canada;australia;register;promo code;withdrawal"""
        ),
        "sv": terms("""casino utan svensk licens;nya casinon;gratissnurr"""),
        "cs": terms("""online kasino;sázkové kanceláře;casino bonus"""),
        "nl": terms("""online gokken;casino zonder cruks;gratis spins"""),
    },
    {**LATIN_SEPARATORS, " • ": 6},
    (4, 90, 24),
)

SERVICE_LOCAL = Topic(
    terms("{en} CITYEN;{en} in CITYEN;CITYEN {en};{en} CITYEN {ex};{en} near CITYEN"),
    {
        "en": terms(
            """plumber;locksmith;escorts;dentist;roofing;carpet cleaning;payday loans;car hire;moving company;
pest control;seo agency;limo service;emergency electrician;bail bonds;massage;man and van;
drain unblocking;taxi;divorce lawyer;water damage repair;tree removal;web design;cash for cars;
garage door repair;gutter cleaning"""
        ),
        "ex": terms("cheap;24/7;near me;prices;best;reviews;service;company"),
    },
    LATIN_SEPARATORS,
    (6, 80, 24),
)
SERVICE_WORLD = Topic(
    terms(
        """{de} CITYDE;{es} CITYES;{es} en CITYES;{fr} CITYFR;{it} CITYIT;CITYJA {ja};CITYJA{ja};CITYKO {ko};
CITYVI {vi};{vi} CITYVI;{th}CITYTH;CITYTR {tr};{idn} CITYID;{idn} murah CITYID;{ru} CITYRU;{pt} em CITYPT"""
    ),
    {
        "de": terms("""schlüsseldienst;umzug;escort;detektei;entrümpelung;rohrreinigung;autoankauf;fensterputzer"""),
        "es": terms("""cerrajeros;fontanero;escorts;abogados;mudanzas;detectives;desatascos"""),
        "fr": terms("""serrurier;plombier;voyance;débarras;escort;taxi"""),
        "it": terms("""idraulico;fabbro;escort;traslochi;spurgo"""),
        "ja": terms("""デリヘル;出張マッサージ;探偵;不用品回収;脱毛;鍵開け;風俗;水漏れ修理"""),
        "ko": terms("""출장마사지;출장안마;이사;대출;유품정리;흥신소;오피"""),
        "vi": terms("""thám tử;vay tiền;cho thuê xe;hút hầm cầu;sửa khóa;massage"""),
        "th": terms("""รับจำนำรถ;นวด;นักสืบ;เงินด่วน;ล้างแอร์"""),
        "tr": terms("""escort;nakliyat;çilingir;su kaçağı;hurdacı;masaj"""),
        "idn": terms("""jasa sedot wc;sewa mobil;pinjaman;pijat panggilan;jasa seo;rental bus"""),
        "ru": terms("""вскрытие замков;эвакуатор;займ;массаж;грузчики;эскорт"""),
        "pt": terms("""chaveiro;encanador;acompanhantes;frete;detetive"""),
    },
    LATIN_SEPARATORS,
    (6, 80, 24),
)

ADULT_WORLD = Topic(
    terms("{a} {b};{a} {b} {c};{b} {c};{a} {c};free {a} {b};{a} {b} {a};{tr};{es};{id};{ja};{vi};{ru};{de}"),
    {
        "a": ADULT_LATIN,
        "b": ADULT_LATIN,
        "c": ADULT_LATIN,
        "tr": terms("""porno izle;sikiş video;canlı sohbet hattı;seks hikayeleri"""),
        "es": terms("""videos porno;sexo en vivo;porno gratis;maduras;peliculas xxx"""),
        "id": terms("""bokep terbaru;video viral;nonton bokep;bokep indo;link video"""),
        "ja": terms("""無修正 動画;人妻 無料;アダルト動画;エロ 動画 無料;熟女 出会い"""),
        "vi": terms("""phim sex;xem phim người lớn;sex việt nam;phim cấp 3"""),
        "ru": terms("""порно онлайн;секс видео;порно бесплатно;секс знакомства;видеочат"""),
        "de": terms("""pornos gratis;sexkontakte;erotik film;reife frauen"""),
    },
    LATIN_SEPARATORS,
    (4, 60, 14),
)

TOPICS: dict[str, Topic] = {
    "gambling_cn": CN_GAMBLING,
    "seo_cn": SEO_CN,
    "illicit_cn": ILLICIT_CN,
    "massage_cn": MASSAGE_CN,
    "trade_cn": TRADE_CN,
    "stream_cn": STREAM_CN,
    "slot_id": SLOT_ID,
    "betting_tr": BETTING_TR,
    "slots_th": SLOTS_TH,
    "gambling_ko": GAMBLING_KO,
    "illicit_ko": ILLICIT_KO,
    "gambling_vi": GAMBLING_VI,
    "spam_ru": SPAM_RU,
    "pharma_list": PHARMA,
    "replica_en": REPLICA_EN,
    "replica_ja": REPLICA_JA,
    "loans_essays": LOANS_EN,
    "wares_en": WARES_EN,
    "wares_world": WARES_WORLD,
    "casino_world": CASINO_WORLD,
    "service_city": SERVICE_LOCAL,
    "service_city_world": SERVICE_WORLD,
    "adult_world": ADULT_WORLD,
}

SYLLABLES = terms(
    """ba;be;bo;ca;co;da;di;du;fa;fi;ga;go;ja;jo;ka;ki;ku;la;li;lo;lu;ma;mi;mo;na;ni;no;pa;pi;ra;ri;ro;ru;sa;si;
so;su;ta;ti;to;tu;va;vi;vo;wa;wi;xa;ya;za;zo;mar;gol;ver;pin;cas;win;kin;ron;bel;tor"""
)
BRAND_ENDS = (
    terms("""bet;win;casino;play;spin;slot;poker;club;bahis;sport;game;vip;x;z;bets;toto;jack;king;max;gold""")
    + ("",) * 4
)
BRAND_NUMBERS = terms("77;88;138;777;4d;99;888;303;168;365;55;69d;1;22;500;188;338") + ("",) * 5
CN_BRAND_TITLES = terms(
    """{a}·({s}){o};{a}·({s}){o}-{e};{a}({s}){o}-{e};{a}·{b}({s}){o};{a}({l}){o}-{e};{a}·({l}){b}{o};{a}{o}-{e}-{l};
{a}（{s}）{o}_{e};{a}·{o}({s}){e};{a}-{b}{o}-{e}"""
)
CN_OFFICIAL = terms("官方网站;官网;体育官方网站;有限公司官网;官方app下载;在线官网;平台官网;集团官方网站")
CN_ENTRANCES = terms("登录入口;网页版登录;app下载;手机版app;IOS/安卓通用版;官网首页;全站登录;注册;在线登录;web登录入口")
BRANDS_KO = terms("골드;로얄;스타;킹;에이스;럭키;마스터;플러스;제우스;타이거;드래곤;허니;보스;탑;메가;비트")
EMOJI = "🎰🔥💎⭐🌟💰🎁🚀✅🏆🎲♠💯👑🍀⚡🎉👉📱💋❤🌹"
# Smileys as posting tools draw them: brow, eyes, nose, mouth, the mouth up to three times (>:-(((, =DDD, 8]]).
SMILEY_BROWS, SMILEY_EYES, SMILEY_NOSES, SMILEY_MOUTHS = ("", "", ">"), tuple(":;8=%"), ("", "-"), tuple(")(][|DPO")
TLDS = terms(
    """com;com;net;org;top;xyz;cc;vip;info;ru;cn;cn;com.cn;shop;site;club;online;co.uk;de;in;co;me;pro;live;id;
com.br;jp;kr;vn;tr;pw;biz;fun"""
)

# Plain filler sentences for keyword-spliced prose; cut at any space, so none may carry a fact about a person.
FILLER_EN = terms(
    """The committee meets on the second Tuesday to look at the accounts of the previous month;
A pump that runs dry for more than a minute should be switched off;
Most of the visitors arrive by train and walk up the hill to the old chapel;
Keep the receipt in case the lamp has to be exchanged;
The soil near the river is heavy and needs a good deal of sand;
Several members asked whether the hall could be heated before nine;
It is wise to read the manual before the first use;The bakery opens early and sells out long before noon;
Water was brought down from the spring in wooden pipes;
The second edition corrects the tables in chapter four;Nobody could say where the missing boxes had gone;
A light breakfast is served on the terrace in summer;We measured the beams twice and cut them once;
The old bridge carries only bicycles and people on foot;
Rain fell for six days and the lower meadow was flooded;
The results should be read together with the notes at the end;
A short walk after dinner helps many people to sleep;The colour fades when the cloth is left in the sun;
Please return the keys to the desk by the door;The train was late because of leaves on the line;
His uncle kept bees behind the workshop;The recipe asks for two cups of flour and a pinch of salt;
The museum closes an hour earlier in winter;Blood pressure is taken while the patient is seated;
The survey covered forty villages in three valleys;A new roof was put on the barn last autumn;
Doctors advise drinking enough water in hot weather;The engine has to cool before the cap is opened;
Tickets are sold at the gate and in the post office;
The report compares the cost of coal with that of timber;Both teams played well in the first half;
The path is steep but the view from the top is worth it;She painted the shutters green and the door white;
A small fee is charged for parking near the beach;The choir will sing in the square on Friday;
It took the council four years to agree on a plan;Store the jars in a cool and dark place;
The dog slept under the bench all afternoon;Fruit trees are pruned before the buds swell;
The figures for the last quarter are not yet known;Side effects were mild and went away within a week;
The library lends maps as well as books;He fixed the fence with wire and a few old nails;
The ferry does not run when the wind is strong;Patients were seen again after six months;
Their house stands at the end of a long lane;The clock in the tower has stopped more than once;
We were told to wait until the paint had dried;The lecture was followed by a lively discussion;
A second opinion may be useful before surgery;The farm keeps goats and sells cheese on Saturdays;
Fresh bread was the only thing they missed;Insurance does not cover damage by frost;
The valley is quiet outside the holiday season;A good knife lasts a lifetime if it is kept dry;
The study had no control group and few women;The band plays old songs at weddings;
Light enters the room from two sides;The price of wool rose again in spring;
The map shows every well in the district;Exercise lowers the risk of many illnesses;
The carpenter left a note on the table;Trams run every ten minutes until midnight;
The lake freezes in most winters;Check the oil before a long journey;
The wind turned to the north in the night;He answered the letter the same day;
The shop sells rope and lamp oil and seeds"""
)

CITIES: dict[str, tuple[str, ...]] = {
    "CITYEN": terms(
        """Dallas;Houston;Austin;Denver;Phoenix;Tucson;Seattle;Portland;Boise;Reno;Fresno;Oakland;San Diego;
Sacramento;Omaha;Tulsa;Wichita;Memphis;Nashville;Atlanta;Miami;Tampa;Orlando;Mobile;Charlotte;Raleigh;
Richmond;Baltimore;Newark;Boston;Albany;Buffalo;Cleveland;Columbus;Detroit;Chicago;Milwaukee;Madison;
Des Moines;St. Louis;London;Leeds;Bristol;Derby;Luton;Swindon;Reading;Croydon;Watford;Bolton;Wigan;Hull;
Cardiff;Swansea;Dundee;Perth;Cairns;Darwin;Hobart;Geelong;Toronto;Calgary;Regina;Halifax;Brampton;Surrey;
Dublin;Cork;Plano;Mesa;Chandler;Spokane;Tacoma;Garland;Irvine;Aurora;Toledo;Akron"""
    ),
    "CITYDE": terms(
        """Berlin;Hamburg;München;Köln;Frankfurt;Stuttgart;Düsseldorf;Dortmund;Essen;Leipzig;Bremen;Dresden;Hannover;
Nürnberg;Duisburg;Bochum;Wuppertal;Bielefeld;Bonn;Münster;Karlsruhe;Mannheim;Augsburg;Wiesbaden;Kiel;Wien;
Graz;Linz;Zürich;Basel"""
    ),
    "CITYES": terms(
        """Madrid;Barcelona;Valencia;Sevilla;Zaragoza;Málaga;Murcia;Bilbao;Alicante;Córdoba;Valladolid;Vigo;Gijón;
Granada;Elche;Oviedo;Badalona;Cartagena;Jerez;Burgos;Salamanca;Huelva;Lima;Bogotá;Quito;Rosario;Mendoza"""
    ),
    "CITYFR": terms(
        """Paris;Lyon;Marseille;Toulouse;Nice;Nantes;Lille;Bordeaux;Rennes;Reims;Toulon;Grenoble;Dijon;Angers;Nîmes;
Brest;Tours;Amiens;Metz;Rouen;Caen;Nancy;Bruxelles;Liège;Namur"""
    ),
    "CITYIT": terms(
        """Roma;Milano;Napoli;Torino;Palermo;Genova;Bologna;Firenze;Bari;Catania;Verona;Padova;Trieste;Brescia;Parma;
Modena;Perugia;Ravenna;Livorno;Rimini"""
    ),
    "CITYJA": terms(
        """札幌;函館;青森;盛岡;仙台;秋田;山形;福島;水戸;宇都宮;前橋;さいたま;千葉;横浜;川崎;新潟;富山;金沢;福井;甲府;
長野;岐阜;静岡;浜松;名古屋;津;大津;京都;大阪;堺;神戸;奈良;和歌山;鳥取;松江;岡山;広島;山口;徳島;高松;松山;
高知;福岡;佐賀;長崎;熊本;大分;宮崎;鹿児島;那覇;渋谷;新宿;池袋;上野;立川;町田"""
    ),
    "CITYKO": terms(
        """서울;부산;대구;인천;광주;대전;울산;세종;수원;성남;용인;고양;부천;안산;안양;남양주;화성;평택;의정부;시흥;
파주;김포;광명;군포;오산;이천;춘천;원주;강릉;청주;충주;천안;아산;전주;군산;익산;목포;여수;순천;포항;경주;
구미;창원;진주;김해;양산;제주;강남;홍대;논현;송파;마포;용산"""
    ),
    "CITYVI": terms(
        """Hà Nội;Sài Gòn;Đà Nẵng;Hải Phòng;Cần Thơ;Huế;Nha Trang;Biên Hòa;Vũng Tàu;Đà Lạt;Quy Nhơn;Vinh;Thanh Hóa;
Nam Định;Buôn Ma Thuột;Pleiku;Bình Dương;Long An;Rạch Giá;Cà Mau;Bắc Ninh;Quận 1;Quận 7;Thủ Đức"""
    ),
    "CITYTH": terms(
        """กรุงเทพ;เชียงใหม่;ขอนแก่น;นครราชสีมา;ชลบุรี;พัทยา;ภูเก็ต;หาดใหญ่;อุดรธานี;อุบลราชธานี;ระยอง;นนทบุรี;ปทุมธานี;
สมุทรปราการ;พิษณุโลก;สุราษฎร์ธานี;นครสวรรค์;ลำปาง;เชียงราย;กระบี่"""
    ),
    "CITYTR": terms(
        """İstanbul;Ankara;İzmir;Bursa;Antalya;Adana;Konya;Gaziantep;Mersin;Kayseri;Eskişehir;Samsun;Denizli;Malatya;
Trabzon;Sakarya;Kadıköy;Beylikdüzü;Şişli;Bodrum;Alanya;Maltepe;Kartal;Ataşehir;Esenyurt;Çankaya"""
    ),
    "CITYID": terms(
        """Jakarta;Surabaya;Bandung;Medan;Semarang;Makassar;Palembang;Depok;Tangerang;Bekasi;Bogor;Malang;Yogyakarta;
Solo;Denpasar;Batam;Pekanbaru;Padang;Lampung;Pontianak;Samarinda;Manado;Cirebon;Kudus;Jember"""
    ),
    "CITYRU": terms(
        """Москва;Санкт-Петербург;Новосибирск;Екатеринбург;Казань;Самара;Омск;Челябинск;Ростов;Уфа;Красноярск;Пермь;
Воронеж;Волгоград;Саратов;Тюмень;Тольятти;Ижевск;Барнаул;Иркутск;Хабаровск;Томск;Рязань;Пенза;Сочи"""
    ),
    "CITYPT": terms(
        """Lisboa;Porto;Braga;Coimbra;Faro;São Paulo;Campinas;Curitiba;Recife;Fortaleza;Salvador;Natal;Goiânia;
Santos;Belém;Manaus;Maceió;Brasília"""
    ),
    "CITYCN": terms(
        """北京;上海;广州;深圳;成都;重庆;天津;武汉;南京;西安;杭州;长沙;郑州;沈阳;青岛;大连;宁波;厦门;苏州;无锡;合肥;
福州;济南;昆明;南宁;贵阳;太原;石家庄;哈尔滨;长春;南昌;海口;兰州;银川;西宁;佛山;东莞;中山;珠海;惠州;温州;
台州;嘉兴;绍兴;金华;常州;徐州;扬州;南通;潍坊;烟台;临沂;洛阳;襄阳;宜昌;株洲;唐山;保定;包头"""
    ),
}


def words() -> frozenset[str]:
    """Return every word and name of this file, without the templates and the filler sentences."""
    of_topics = [word for topic in TOPICS.values() for group in topic.slots.values() for word in group]
    of_cities = [city for names in CITIES.values() for city in names]
    adult = [*ADULT_REGIONS, *ADULT_CLASSES, *ADULT_RUNS, *ADULT_ENDS, *ADULT_LATIN]
    return frozenset([*of_topics, *of_cities, *adult, *CN_BRANDS, *BRANDS_KO, *CHANNEL_WORDS])
