import sys

from console.base import memory
from console.base.memory import give_back_large_pieces


def test_on_linux_large_pieces_are_given_back_and_elsewhere_nothing_is_said(monkeypatch) -> None:
    assert give_back_large_pieces() is (sys.platform == "linux")
    monkeypatch.setattr(memory.sys, "platform", "win32")
    assert give_back_large_pieces() is False
    monkeypatch.setattr(memory.sys, "platform", "linux")
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _: object())
    assert give_back_large_pieces() is False
