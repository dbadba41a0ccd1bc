import colorsys
import subprocess
import sys

import pytest

from console.base.lazy import Lazily


def test_it_is_what_the_module_is() -> None:
    lazy = Lazily("colorsys")
    assert lazy.rgb_to_hsv is colorsys.rgb_to_hsv
    assert lazy.rgb_to_hsv is colorsys.rgb_to_hsv


def test_what_the_module_lacks_is_lacking() -> None:
    with pytest.raises(AttributeError):
        _ = Lazily("colorsys").nothing


def test_the_window_is_drawn_before_what_takes_long_is_loaded() -> None:
    code = (
        "import sys\nimport console.__main__\nfrom console.cli.main import _read\n_read(['--profile', 'audit'])\n"
        "from console.ui.main import open_window\nfrom console.ui.page import discover_pages\ndiscover_pages()\n"
        "late = ('boto3', 'botocore', 'numpy', 'pyqtgraph', 'typst', 'sqlalchemy', 'alembic', 'jinja2', 'rich')\n"
        "print([each for each in late if each in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
