"""The tree of signals at the left of the timeline, with its search; ticked ones are plotted."""

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.tags import Tag, TagGroup, TagTree, found

_ROW_PX, _NAME_PX = 22, 158
_KEY = Qt.ItemDataRole.UserRole
_NAME, _WORDS = 0, 1


class TagPanel(QFrame):
    """Search and tree.

    Signals:
        ticked(str, bool): a signal, by key, is to be plotted, or no longer.
        chosen(str): the person went to a signal.
    """

    ticked = Signal(str, bool)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._tree_shown: TagTree | None = None
        self._ticked: frozenset[str] = frozenset()
        self.search, self.tree = QLineEdit(), QTreeWidget()
        self._dress()
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        self.search.textChanged.connect(self._fill)
        self.tree.itemChanged.connect(self._tell_ticked)
        self.tree.currentItemChanged.connect(self._tell_chosen)

    def show_tree(self, tree: TagTree, ticked: Collection[str]) -> None:
        """Show other signals; `ticked`: keys of those that are plotted."""
        self._ticked = frozenset(ticked)
        self._tree_shown = tree
        self._fill()

    def show_ticked(self, ticked: Collection[str]) -> None:
        """Show which signals are plotted now."""
        self._ticked = frozenset(ticked)
        was = self.tree.blockSignals(True)
        for item in self._items():
            item.setCheckState(_NAME, self._state(str(item.data(_NAME, _KEY))))
        self.tree.blockSignals(was)
        self.tree.viewport().update()

    def _fill(self) -> None:
        """The groups that have what is searched for; open where a search or a tick is."""
        was = self.tree.blockSignals(True)
        self.tree.clear()
        search = self.search.text()
        for group in self._tree_shown.groups if self._tree_shown else ():
            shown = found(group, search)
            if shown.tags:
                self._add(shown, open_it=bool(search))
        self.tree.blockSignals(was)

    def _add(self, group: TagGroup, *, open_it: bool) -> None:
        head = QTreeWidgetItem(self.tree, [group.title])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        head.setFirstColumnSpanned(True)
        head.setToolTip(_NAME, group.title)
        head.setSizeHint(_NAME, QSize(0, _ROW_PX))
        for tag in group.tags:
            self._add_tag(head, tag)
        head.setExpanded(open_it or any(tag.key in self._ticked for tag in group.tags))

    def _add_tag(self, head: QTreeWidgetItem, tag: Tag) -> None:
        item = QTreeWidgetItem(head, [tag.name, tag.brief])
        item.setData(_NAME, _KEY, tag.key)
        item.setSizeHint(_NAME, QSize(0, _ROW_PX))
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
        )
        item.setCheckState(_NAME, self._state(tag.key))
        item.setForeground(_WORDS, QColor(current_theme().ink_soft))
        unit = f" [{tag.unit}]" if tag.unit else ""
        for column in (_NAME, _WORDS):
            item.setToolTip(column, f"{tag.key}\n{tag.words}{unit}")

    def _state(self, key: str) -> Qt.CheckState:
        return Qt.CheckState.Checked if key in self._ticked else Qt.CheckState.Unchecked

    def _items(self) -> list[QTreeWidgetItem]:
        heads = [self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount())]
        return [head.child(k) for head in heads if head for k in range(head.childCount())]

    def _tell_ticked(self, item: QTreeWidgetItem) -> None:
        key = item.data(_NAME, _KEY)
        if key is not None:
            self.ticked.emit(str(key), item.checkState(_NAME) == Qt.CheckState.Checked)

    def _tell_chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.data(_NAME, _KEY) is not None:
            self.chosen.emit(str(item.data(_NAME, _KEY)))

    def _dress(self) -> None:
        self.setObjectName("tags")
        self.search.setObjectName("tag-search")
        self.search.setPlaceholderText("Search signals")
        self.search.setAccessibleName("Search signals")
        self.search.setClearButtonEnabled(True)
        self.tree.setObjectName("tag-tree")
        self.tree.setAccessibleName("Signals")
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(GRID + GRID // 2)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.tree.header()
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(GRID)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(_NAME, _NAME_PX)
