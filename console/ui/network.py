"""Whether this computer is on a network, as far as the platform says; nothing is sent to find out."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

_OFF = (QNetworkInformation.Reachability.Disconnected, QNetworkInformation.Reachability.Local)


class Network(QObject):
    """Says when the network goes and comes; on a platform that does not tell it is taken to be there."""

    changed = Signal(bool)
    """Whether the computer is off the network."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_off = False

    def watch(self) -> None:
        """Begin to listen to the platform, if it has a way to tell."""
        if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            return
        told = QNetworkInformation.instance()
        told.reachabilityChanged.connect(self.heed)
        self.heed(told.reachability())

    def heed(self, reachability: QNetworkInformation.Reachability) -> None:
        """Take note of what the platform says."""
        is_off = reachability in _OFF
        if is_off != self.is_off:
            self.is_off = is_off
            self.changed.emit(is_off)
