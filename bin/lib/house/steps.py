"""The slow steps of each command, in their order, as the progress lines name them."""

VENV = "建立 Python 虚拟环境"
PACKAGES = "安装 Python 软件包"
FRONTEND = "安装前端组件"
BROWSER = "安装测试用浏览器"
TRANSLATIONS = "编译翻译"
DATABASE = "启动数据库"
TABLES = "建立数据表"
LAW = "载入法律规则与工作日历"
SCHEDULES = "登记后台任务"
STATIC = "收集页面文件"
DEMO = "生成演示数据"

SET_UP = (VENV, PACKAGES, TRANSLATIONS, DATABASE, TABLES, LAW, SCHEDULES)
OF_COMMAND = {
    "serve": (*SET_UP[:2], FRONTEND, *SET_UP[2:], STATIC, DEMO),
    "manage": SET_UP,
    "test": (VENV, PACKAGES, FRONTEND, BROWSER, TRANSLATIONS, DATABASE),
}
