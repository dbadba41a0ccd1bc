"""The organisation as a tree of widgets: root, organisational units and accounts, with their open counts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from console.ui.theme import Look
from console.ui.words import tooltip
from console.views.accounts import AccountTree, TreeNode

_NODE = Qt.ItemDataRole.UserRole
_ICONS = {"root": "root", "account": "account", "unplaced": "unknown"}
_COUNT_PIXELS = 84


class OrganisationTree(QTreeWidget):
    """Shows an `AccountTree`; announces the node that is chosen."""

    chosen = Signal(object)
    """A `TreeNode`."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("accounts.tree")
        self.setAccessibleName("The organisation: units and accounts")
        self.setHeaderLabels(["Organisation", "Failing", "Unknown"])
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, _COUNT_PIXELS)
            self.headerItem().setTextAlignment(
                column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
        self.setIndentation(16)
        self.setMinimumWidth(420)
        self.currentItemChanged.connect(self._announce)
        look.changed.connect(self._tint_all)

    def show_tree(self, tree: AccountTree) -> None:
        """Replace all nodes; nothing is chosen afterwards."""
        self.blockSignals(True)
        self.clear()
        waiting: list[tuple[TreeNode, QTreeWidgetItem | None]] = [(root, None) for root in tree.roots]
        while waiting:
            node, above = waiting.pop(0)
            item = _item(node)
            if above is None:
                self.addTopLevelItem(item)
            else:
                above.addChild(item)
            waiting.extend((child, item) for child in node.children)
        self._tint_all()
        self.expandAll()
        self.blockSignals(False)

    def choose(self, node_id: str) -> None:
        """Choose the node with an id; the first node if there is none with it."""
        items = self._items()
        found = next((item for item in items if node_id and _node(item).id == node_id), None)
        if found is None and items:
            found = items[0]
        if found is not None:
            self.setCurrentItem(found)
            self.scrollToItem(found)

    def chosen_id(self) -> str:
        """Return the id of the chosen node; empty if none is."""
        item = self.currentItem()
        return _node(item).id if item is not None else ""

    def accounts_below(self, node: TreeNode) -> set[str]:
        """Return the ids of the accounts in a part of the tree; empty for the root, which has them all."""
        if node.kind == "root":
            return set()
        found, waiting = set(), [node]
        while waiting:
            each = waiting.pop()
            waiting.extend(each.children)
            if each.kind == "account":
                found.add(each.id)
        return found

    def narrow(self, words: str) -> None:
        """Show only the accounts whose name or id holds every word, and what they stand in."""
        wanted = words.casefold().split()
        items = self._items()
        kept: set[int] = set()
        for item in items:
            node = _node(item)
            said = f"{node.name} {node.id}".casefold()
            if not wanted or (node.kind == "account" and all(word in said for word in wanted)):
                each: QTreeWidgetItem | None = item
                while each is not None and id(each) not in kept:
                    kept.add(id(each))
                    each = each.parent()
        for item in items:
            item.setHidden(id(item) not in kept)

    def _items(self) -> list[QTreeWidgetItem]:
        items: list[QTreeWidgetItem] = []
        waiting = [self.topLevelItem(at) for at in reversed(range(self.topLevelItemCount()))]
        while waiting:
            item = waiting.pop()
            if item is not None:
                items.append(item)
                waiting.extend(item.child(at) for at in reversed(range(item.childCount())))
        return items

    def _announce(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(_node(item))

    def _tint_all(self) -> None:
        for item in self._items():
            node = _node(item)
            name = "suspended" if node.is_suspended else _ICONS.get(node.kind, "unit")
            item.setIcon(0, self._look.icon(name, "unknown" if node.kind == "unplaced" else "quiet"))
            for column, count, role in ((1, node.failures, "fail"), (2, node.unknowns, "unknown")):
                item.setForeground(column, self._look.colour(role if count else "quiet"))


def _item(node: TreeNode) -> QTreeWidgetItem:
    name = f"{node.name} ({node.status.lower()})" if node.is_suspended else node.name
    item = QTreeWidgetItem([name, f"{node.failures:,}", f"{node.unknowns:,}"])
    item.setData(0, _NODE, node)
    item.setToolTip(0, tooltip(f"{name}\n{node.kind} {node.id}"))
    said = f"{node.kind} {name}, {node.failures:,} failing, {node.unknowns:,} unknown"
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
    for column in (1, 2):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


def _node(item: QTreeWidgetItem) -> TreeNode:
    node = item.data(0, _NODE)
    if not isinstance(node, TreeNode):
        raise TypeError("an item of the tree carries no node")
    return node
