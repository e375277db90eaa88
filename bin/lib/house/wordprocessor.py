"""LibreOffice, which makes PDFs of papers: it is not installed here, but missed in one sentence."""

import os
import shutil
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")
# What the package managers of the machine call it, the first that is there.
PACKAGES = {
    "apt-get": "sudo apt-get install libreoffice-writer-nogui libreoffice-calc fonts-noto-cjk",
    "dnf": "sudo dnf install libreoffice-writer libreoffice-calc google-noto-sans-cjk-fonts",
    "yum": "sudo yum install libreoffice-writer libreoffice-calc google-noto-sans-cjk-fonts",
}


def is_there() -> bool:
    """Return whether the product will find LibreOffice as it looks for it itself."""
    named = os.environ.get("SOFFICE")
    if named:
        return Path(named).is_file()
    return any(map(shutil.which, PROGRAMS))


def advice() -> str:
    """Return the sentence that says how to install it, "" where it is there."""
    if is_there():
        return ""
    how = next((words for name, words in PACKAGES.items() if shutil.which(name)), "")
    how = f"安装：{how}" if how else "请安装 LibreOffice（7 以上版本）"
    return f"没有找到 LibreOffice：文书可以下载 Word 版，但不能预览、生成 PDF 和编成卷宗。{how}"
