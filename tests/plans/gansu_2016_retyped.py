"""The figures and responsibilities of the plan, typed a second time from its text
(甘政发〔2016〕93号), to compare the shipped file with."""

TABLE: dict[str, tuple[str, dict[int, str]]] = {
    "每万人口发明专利拥有量": ("件", {2016: "1.90", 2017: "2.24", 2020: "3.50"}),
    "PCT(专利合作条约)国际专利申请量": ("件", {2016: "26", 2017: "36", 2020: "100"}),
    "质押融资金额": ("亿元", {2016: "8", 2017: "10", 2020: "20"}),
    "知识产权案件年增幅": ("%", {2016: "20", 2017: "20", 2020: "20"}),
    "知识产权案件结案率": ("%", {2016: "80", 2017: "85", 2020: "90"}),
    "知识产权强市": ("个", {2016: "1", 2017: "2", 2020: "7"}),
    "知识产权强县": ("个", {2016: "6", 2017: "12", 2020: "30"}),
    "知识产权强企": ("个", {2016: "40", 2017: "80", 2020: "200"}),
    "知识产权服务机构数量": ("个", {2016: "8", 2017: "20", 2020: "50"}),
    "财政投入": ("万元", {2016: "3000", 2017: "4000", 2020: ">6000"}),
}

TASKS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "2.1.1": (
        "加强知识产权领域改革",
        ("省知识产权局",),
        ("省编办", "省工商局", "省版权局", "兰州新区管委会"),
    ),
    "2.1.2": (
        "建立重大经济活动知识产权评议制度",
        ("省科技厅",),
        ("省发展改革委", "省财政厅", "省工信委", "省政府国资委", "省知识产权局", "各市州政府"),
    ),
    "2.1.3": (
        "建立以知识产权为重要内容的创新驱动发展评价制度",
        ("省知识产权局",),
        ("省政府国资委", "省人社厅", "省科技厅", "省工商局", "省版权局", "各市州政府"),
    ),
    "2.2.1": (
        "突出企业知识产权创造运用的主体地位",
        ("省知识产权局",),
        (),
    ),
    "2.2.2": (
        "充分发挥高校、科研院所在知识产权创造中的重要作用",
        ("省教育厅",),
        ("省知识产权局", "省发展改革委", "省科技厅"),
    ),
    "2.2.3": (
        "知识产权助力大众创业、万众创新",
        ("省知识产权局",),
        ("省发展改革委", "省科技厅", "省工信委"),
    ),
    "2.2.4": (
        "提升知识产权附加值和国际影响力",
        ("省知识产权局",),
        ("省教育厅", "省文化厅", "省工商局", "省卫生计生委", "省食品药品监局"),
    ),
    "2.3.1.1": (
        "加快兰白试验区知识产权示范区建设",
        ("兰州市政府",),
        ("白银市政府", "省科技厅", "省知识产权局"),
    ),
    "2.3.1.2": (
        "推进知识产权强市强县建设,促进区域知识产权协调发展",
        ("各市州政府",),
        ("省知识产权局",),
    ),
    "2.3.1.3": (
        "加强知识产权助力国家生态安全屏障综合试验区建设",
        ("省林业厅",),
        ("省农牧厅", "省知识产权局"),
    ),
    "2.3.2.1": (
        "知识产权驱动战略性新兴产业跨越发展",
        ("省知识产权局",),
        ("省发展改革委",),
    ),
    "2.3.2.2": (
        "知识产权支撑传统特色产业升级发展",
        ("省发展改革委",),
        ("省农牧厅", "省质监局", "省知识产权局", "省工商局"),
    ),
    "2.3.2.3": (
        "扎实推进知识产权强企工作",
        ("省知识产权局",),
        ("省质监局",),
    ),
    "2.3.2.4": (
        "着力培育知识产权密集型产业",
        ("省知识产权局",),
        ("省发展改革委", "省科技厅", "省工信委", "各市州政府"),
    ),
    "2.3.3.1": (
        "加强知识产权交易体系和交易平台建设",
        ("省知识产权局",),
        ("省财政厅", "省政府金融办", "省教育厅", "省科技厅"),
    ),
    "2.3.3.2": (
        "拓展知识产权投融资渠道",
        ("省知识产权局",),
        (
            "省政府金融办",
            "省财政厅",
            "省科技厅",
            "人行兰州中心支行",
            "甘肃保监局",
            "甘肃银监局",
            "甘肃证监局",
            "各市州政府",
        ),
    ),
    "2.3.3.3": (
        "加强知识产权转移转化,促进专利技术成果运用",
        ("省教育厅",),
        ("省科技厅", "省知识产权局", "省工信委"),
    ),
    "2.3.3.4": (
        "加强知识产权信息开放利用,推动知识产权服务业发展",
        ("省知识产权局",),
        ("省财政厅", "省工商局", "省版权局", "各市州政府"),
    ),
    "2.3.4": (
        "加强重点产业知识产权海外布局和风险防控",
        ("省知识产权局",),
        ("省商务厅", "省司法厅", "省法院"),
    ),
    "2.4.1": (
        "加强知识产权行政执法队伍建设",
        ("省知识产权局",),
        ("省工商局", "省版权局", "省编办", "省司法厅", "各市州政府"),
    ),
    "2.4.2": (
        "健全知识产权案件查处机制",
        ("省法院", "省知识产权局"),
        (
            "省公安厅",
            "省农牧厅",
            "兰州海关",
            "省工商局",
            "省质监局",
            "省版权局",
            "省林业厅",
            "各市州政府",
        ),
    ),
    "2.4.3": (
        "加大重点领域知识产权执法力度",
        ("省法院", "省知识产权局"),
        (
            "省商务厅",
            "省公安厅",
            "省农牧厅",
            "兰州海关",
            "省工商局",
            "省质监局",
            "省版权局",
            "省林业厅",
            "各市州政府",
        ),
    ),
    "2.5.1": (
        "加大知识产权人才队伍建设力度",
        ("省知识产权局",),
        ("省人社厅", "省工商局", "省版权局", "省教育厅", "省法院"),
    ),
    "2.5.2": (
        "加强知识产权学科建设",
        ("省教育厅",),
        ("省人社厅", "省知识产权局", "省工商局", "省版权局"),
    ),
    "2.5.3": (
        "促进知识产权人才交流学习",
        ("省知识产权局",),
        ("省教育厅", "省人社厅", "省工商局", "省版权局"),
    ),
}

SAFEGUARDS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "4.1": (
        "加强组织机构建设和统筹协调",
        ("省知识产权强省建设工作领导小组",),
        ("各市州政府",),
    ),
    "4.2": (
        "加大知识产权强省建设投入",
        ("省科技厅",),
        ("省财政厅", "省发展改革委", "省知识产权局", "各市州政府"),
    ),
    "4.3": (
        "强化监督评估",
        ("省知识产权强省建设工作领导小组",),
        ("各市州政府",),
    ),
    "4.4": (
        "加强宣传引导",
        ("省知识产权局",),
        ("省教育厅", "省文化厅", "省工商局", "省版权局", "各市州政府"),
    ),
}

PHASES: dict[str, tuple[str, int, int]] = {
    "3.1": ("制定方案、全面部署", 2016, 2016),
    "3.2": ("重点突破、深化发展", 2017, 2017),
    "3.3": ("整体升级、全面支撑", 2018, 2020),
}

INDICATOR_TASKS: dict[str, tuple[str, ...]] = {
    "每万人口发明专利拥有量": ("2.2.1",),
    "PCT(专利合作条约)国际专利申请量": ("2.3.4",),
    "质押融资金额": ("2.3.3.2",),
    "知识产权案件年增幅": ("2.4.3",),
    "知识产权案件结案率": ("2.4.3",),
    "知识产权强市": ("2.3.1.2",),
    "知识产权强县": ("2.3.1.2",),
    "知识产权强企": ("2.3.2.3",),
    "知识产权服务机构数量": ("2.3.3.4",),
    "财政投入": ("4.2",),
}

PHASE_CLAUSES = {2016: "3.1.5", 2017: "3.2.5", 2020: "3.3.5"}

PHASE_QUOTAS: dict[str, tuple[str, tuple[str, str, str]]] = {
    "exhibitions_attended": ("次", ("≥3", "≥3", "≥3")),
    "exhibition_patent_cases": ("件", ("≥4", "≥6", "≥8")),
    "ecommerce_cases": ("件", ("2", "4", "6")),
    "special_operations": ("次", ("≥5", "≥6", "≥8")),
    "ip_office_training": ("次", ("≥3", "≥3", "≥5")),
}
"""The figures of section 5 of the three phases; ≥ where the text says 不少于 or 不低于."""

NOT_EVERY_YEAR_IN_EACH_PHASE = (
    "exhibitions_attended",
    "exhibition_patent_cases",
    "ecommerce_cases",
    "ip_office_training",
)
"""每年 stands in 3.1.5 alone; only the special operations have it in all three phases."""

YEARLY_QUOTAS: dict[str, tuple[str, str]] = {
    "protection_training": ("次", "1"),
    "protection_campaigns": ("次", "≥2"),
    "joint_campaigns": ("次", "≥6"),
    "enforcement_inspections": ("次", "≥2"),
    "ip_office_campaigns": ("次", "≥6"),
    "case_growth_key_fields": ("%", "≥20"),
}
"""What clause 2.4.3 wants every year."""

TARGETS_OF_2020: dict[str, tuple[str, str, str]] = {
    "operation_level": ("1.3", "no_unit", "≥1"),
    "main_indicators_level": ("1.3", "no_unit", "≥1"),
    "high_value_patent_centres": ("2.2.4", "个", "2—3"),
    "demonstration_cities": ("2.3.1.2", "个", "2—3"),
    "pilot_counties": ("2.3.1.2", "个", "30"),
    "core_enterprises_cultivated": ("2.3.2.1", "%", "≥100"),
    "advantaged_enterprises": ("2.3.2.3", "个", "200"),
    "demonstration_enterprises": ("2.3.2.3", "个", "30"),
    "pledge_financing_2020": ("2.3.3.2", "亿元", "≥20"),
    "patent_use": ("2.3.3.3", "no_unit", "≥1"),
    "pct_applications_2020": ("2.3.4", "件", ">100"),
    "assistance_coverage": ("2.4.1", "%", "≥100"),
    "patent_protection_level": ("2.4.1", "no_unit", "≥1"),
    "case_closure_key_fields": ("2.4.3", "%", "≥90"),
    "investment_financing_2020": ("3.3.4", "亿元", "≥20"),
    "operations_amount": ("3.3.4", "no_unit", "≥1"),
    "service_agencies_2020": ("3.3.4", "家", "50"),
    "case_growth_2020": ("3.3.5", "%", "≥20"),
    "case_closure_2020": ("3.3.5", "%", "≥90"),
    "separate_budgets": ("4.2", "%", "≥100"),
    "implementation_measures": ("4.3", "%", "≥100"),
}
"""≥ where the text says 达到, 达, 以上, 全部 or 各…要; the level of others (全国平均) is 1."""

AT_THE_LEVEL_OF_OTHERS = (
    "operation_level",
    "main_indicators_level",
    "patent_use",
    "patent_protection_level",
    "operations_amount",
)

ALL_OF_SOMETHING = (
    "core_enterprises_cultivated",
    "assistance_coverage",
    "separate_budgets",
    "implementation_measures",
)
"""全部, 全覆盖 and twice 各…要."""

GROWING: dict[str, tuple[str, str, tuple[int, ...]]] = {
    "infringement_disputes_handled": ("3.2.5", "件", (2017,)),
    "provincial_fiscal_input": ("4.2", "万元", (2017, 2018, 2019, 2020)),
}
"""提高…数量 in the phase 2017; 不断增加 without years: in each year of the plan after its first."""

NO_YEAR = (
    "operation_level",
    "main_indicators_level",
    "high_value_patent_centres",
    "core_enterprises_cultivated",
    "patent_use",
    "assistance_coverage",
    "patent_protection_level",
    *YEARLY_QUOTAS,
    "case_closure_key_fields",
    "case_growth_2020",
    "case_closure_2020",
    *GROWING,
    "separate_budgets",
    "implementation_measures",
)
"""The text gives no year for these, or only every year, or only the years of a phase."""

SAME_AS = {
    "pilot_counties": "strong_counties",
    "advantaged_enterprises": "strong_enterprises",
    "pledge_financing_2020": "pledge_financing",
    "pct_applications_2020": "pct_applications",
    "protection_training": "ip_office_training",
    "joint_campaigns": "special_operations",
    "case_growth_key_fields": "case_growth",
    "case_closure_key_fields": "case_closure_rate",
    "investment_financing_2020": "pledge_financing",
    "service_agencies_2020": "service_agencies",
    "case_growth_2020": "case_growth",
    "case_closure_2020": "case_closure_rate",
}

QUOTA_TASKS: dict[str, tuple[str, ...]] = {
    "operation_level": ("2.3.3.1", "2.3.3.3"),
    "main_indicators_level": (),
    "infringement_disputes_handled": ("2.4.3",),
    "exhibitions_attended": ("2.4.3",),
    "exhibition_patent_cases": ("2.4.2", "2.4.3"),
    "ecommerce_cases": ("2.4.2", "2.4.3"),
    "special_operations": ("2.4.3",),
    "ip_office_training": ("2.4.3",),
    "investment_financing_2020": ("2.3.3.2",),
    "operations_amount": ("2.3.3.1", "2.3.3.3"),
    "service_agencies_2020": ("2.3.3.4",),
    "case_growth_2020": ("2.4.3",),
    "case_closure_2020": ("2.4.3",),
}
"""Of the quotas of parts one and three; each other belongs to the task in whose clause it stands.

No task has the overall goal of part one that the main indicators reach those of the west's leaders.
"""

WORKSTREAMS = {
    "scheme": 1,
    "reform": 2,
    "creation": 3,
    "use": 4,
    "protection": 5,
}
"""The number of its section in each phase."""

SECTION_NAMES = {
    2: "知识产权领域改革",
    3: "促进知识产权创造",
    4: "加强知识产权运用",
    5: "知识产权保护",
}
"""The first section has another name in each phase."""

DELIVERABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "3.1.1": {
        "工作方案": (),
        "领导小组": ("4.1",),
        "文件": (),
        "年度推进计划": ("4.1",),
    },
    "3.1.2": {
        "兰州新区": ("2.1.1",),
        "目标评估制度": ("2.1.2",),
        "市州": ("2.1.3",),
        "发展状况报告": ("2.1.3",),
    },
    "3.1.3": {
        "示范企业": ("2.3.2.3",),
        "高校院所": ("2.2.2",),
        "双创": ("2.2.3",),
    },
    "3.1.4": {
        "兰白试验区": ("2.3.1.1",),
        "强市、强县、强企": ("2.3.1.2", "2.3.2.3"),
        "密集产业": ("2.3.2.4",),
        "运营交易平台": ("2.3.3.1",),
        "投融资渠道": ("2.3.3.2",),
        "信息公共服务网络": ("2.3.3.4",),
        "服务机构": ("2.3.3.4",),
    },
    "3.1.5": {
        "联合执法": ("2.4.2",),
        "展会": ("2.4.2",),
        "网上专利纠纷": ("2.4.2",),
    },
    "3.2.1": {
        "指标体系": ("4.3",),
        "第三方": ("4.3",),
    },
    "3.2.2": {
        "兰白试验区": ("2.1.1", "2.3.1.1"),
        "重大经济活动": ("2.1.2",),
        "评议报告": ("2.1.2",),
    },
    "3.2.3": {
        "示范企业": ("2.3.2.3",),
        "高校院所": ("2.2.2",),
        "双创": ("2.2.3",),
    },
    "3.2.4": {
        "兰白试验区": ("2.3.1.1",),
        "强市、强县、强企": ("2.3.1.2", "2.3.2.3"),
        "密集产业": ("2.3.2.4",),
        "运营交易平台": ("2.3.3.1",),
        "投融资渠道": ("2.3.3.2",),
        "信息公共服务网络": ("2.3.3.4",),
        "服务机构": ("2.3.3.4",),
        "高价值专利培育计划": ("2.2.4",),
        "生态安全屏障": ("2.3.1.3",),
    },
    "3.2.5": {},
    "3.3.1": {
        "指标体系": ("4.3",),
        "第三方": ("4.3",),
    },
    "3.3.2": {
        "重大经济活动": ("2.1.2",),
        "评议报告": ("2.1.2",),
        "目标评估制度": ("2.1.2",),
        "国有企业": ("2.1.3",),
    },
    "3.3.3": {
        "示范企业": ("2.3.2.3",),
        "高校院所": ("2.2.2",),
        "双创": ("2.2.3",),
    },
    "3.3.4": {
        "兰白试验区": ("2.3.1.1",),
        "强市、强县、强企": ("2.3.1.2", "2.3.2.3"),
        "有色冶金": ("2.3.2.1", "2.3.2.2", "2.3.2.4"),
        "运营体系": ("2.3.3.1",),
        "投融资渠道": ("2.3.3.2",),
        "专利许可制度改革": ("2.3.3.3",),
        "信息公共服务网络": ("2.3.3.4",),
    },
    "3.3.5": {
        "三级联动": ("2.4.1",),
    },
}
"""For each section of a phase its items in order, by a word of the text, each with its tasks.

An item stands between two semicolons or full stops; several mechanisms or systems in a row are one
each. What is a quota is no item: all of 3.2.5 are quotas.

Part three has the yearly plans made under the leading group (4.1); no task has the work plan nor
the document on speeding up.
"""

CITIES_AND_PREFECTURES = (
    "兰州市政府",
    "嘉峪关市人民政府",
    "金昌市人民政府",
    "白银市政府",
    "天水市人民政府",
    "武威市人民政府",
    "张掖市人民政府",
    "平凉市人民政府",
    "酒泉市人民政府",
    "庆阳市人民政府",
    "定西市人民政府",
    "陇南市人民政府",
    "临夏回族自治州人民政府",
    "甘南藏族自治州人民政府",
)
"""What 各市州政府 stands for; of them the text names Lanzhou and Baiyin only, in 2.3.1.1."""

ZONE: dict[str, tuple[str, str, str]] = {
    "zone_invention_patents_per_10k": ("万人口发明专利拥有量", "件", "≥17.5"),
    "zone_advantaged_enterprises": ("知识产权优势企业", "家", "100"),
    "zone_patent_pledge_loans": ("专利权质押融资贷款规模", "亿元", "≥10"),
    "zone_service_agencies": ("知识产权服务机构", "家", "≥20"),
    "zone_well_known_trademarks": ("驰名商标", "件", "≥25"),
    "zone_copyright_registrations": ("作品著作权登记量", "件", "growing"),
}
"""What clause 2.3.1.1 wants of the pilot zone by 2020; it wants a three-in-one body as well."""

FIGURES: dict[str, dict[str, str]] = {
    "1.3": {
        "运营达到全国平均": "operation_level",
        "主要指标达到西部先进": "main_indicators_level",
    },
    "2.2.4": {"培育中心2—3": "high_value_patent_centres"},
    "2.3.1.1": {
        "17.5": "zone_invention_patents_per_10k",
        "100家": "zone_advantaged_enterprises",
        "10亿元": "zone_patent_pledge_loans",
        "20家以上": "zone_service_agencies",
        "25件": "zone_well_known_trademarks",
        "持续增长": "zone_copyright_registrations",
    },
    "2.3.1.2": {"示范城市2—3": "demonstration_cities", "试点县30": "pilot_counties"},
    "2.3.2.1": {"全部": "core_enterprises_cultivated"},
    "2.3.2.3": {"优势企业200": "advantaged_enterprises", "示范企业30": "demonstration_enterprises"},
    "2.3.3.2": {"20亿": "pledge_financing_2020"},
    "2.3.3.3": {"各省平均": "patent_use"},
    "2.3.4": {"突破100": "pct_applications_2020"},
    "2.4.1": {"全覆盖": "assistance_coverage", "全国平均": "patent_protection_level"},
    "2.4.3": {
        "培训1次": "protection_training",
        "专项行动2次": "protection_campaigns",
        "联合6次": "joint_campaigns",
        "督查2次": "enforcement_inspections",
        "省局6次": "ip_office_campaigns",
        "年增幅率20%": "case_growth_key_fields",
        "结案率90%": "case_closure_key_fields",
    },
    "3.1.5": {
        "展会3次": "exhibitions_attended",
        "展会4件": "exhibition_patent_cases",
        "电商2件": "ecommerce_cases",
        "专项5次": "special_operations",
        "培训研讨3次": "ip_office_training",
    },
    "3.2.5": {
        "展会3次": "exhibitions_attended",
        "展会6件": "exhibition_patent_cases",
        "电商4件": "ecommerce_cases",
        "提高数量": "infringement_disputes_handled",
        "专项6次": "special_operations",
        "培训研讨3次": "ip_office_training",
    },
    "3.3.4": {
        "20亿": "investment_financing_2020",
        "全国平均": "operations_amount",
        "50家": "service_agencies_2020",
    },
    "3.3.5": {
        "增幅量20%": "case_growth_2020",
        "结案率90%": "case_closure_2020",
        "展会3次": "exhibitions_attended",
        "展会8件": "exhibition_patent_cases",
        "电商6件": "ecommerce_cases",
        "专项8次": "special_operations",
        "培训研讨5次": "ip_office_training",
        "全覆盖": "assistance_coverage",
    },
    "4.2": {"不断增加": "provincial_fiscal_input", "各…要设立": "separate_budgets"},
    "4.3": {"各…要制定": "implementation_measures"},
}
"""By clause, what can be counted in the text beside the table and the items of part three.

A figure, all of something, the level of others, and what grows. What is no figure is left out:

- the numbers of documents, dates and names (71号, 93号, 4·26, 百千万), and of a distinction that a
  city already has (首批, 2.2.3); the phase 2018—2020 and its like are the years of the phases;
- 大幅, 显著, 不断提升, 不断完善, 更快更好: no measure, and nothing to compare with;
- 全部要素 (2.1.1), 全面, 全省, 全过程 (2.2.2): the width of a task, and not a share to reach;
- 一批 (1.3, 2.3.2.2, 3.3.3, 3.3.4): no number; of part three they are items;
- 年度报告 (2.1.3), 年度推进计划 and the week of 4·26 (4.4): every year by their name, without a
  number, the first two items of 2016; 增加网点 (2.3.3.4) is part of two items of part three;
- 配备执法设备 and 设立投诉处理机构 (2.4.3): means of a task, without a share;
- the paragraphs before the sections of part three (突破性成果 in 2017): no items of their own;
- what part two and four set up, start or explore without a figure, such as the zone's court
  (2.3.1.1): the descriptions of the tasks; what of it is due when is an item of part three.
"""
