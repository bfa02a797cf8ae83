"""Categories of a sheet: an existing one by its name, else a new one below a node of its own, closed to citizens."""

from django.db import transaction
from django.utils.text import slugify

from rembuk.taxonomy import tree
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.selectors import moved_to

ROOT_SLUG = "kegiatan-perencanaan"
ROOT_NAME, ROOT_NAME_EN = "Kegiatan perencanaan", "Planning activities"


class CategoryFinder:
    """Finds or plants categories by name; ``take_made`` hands out the new ones for the audit trail."""

    def __init__(self, *, may_plant: bool) -> None:
        # One in use goes before a retired one of the same name; one that was merged leads to where its contents went.
        rows = Category.objects.order_by("is_active", "-pk").values_list("pk", "name", "merged_into")
        self._ids = {_key(name): merged or pk for pk, name, merged in rows}
        self._may_plant = may_plant
        self._root: Category | None = None
        self._made: list[Category] = []
        self._has_planted = False

    def id_for(self, name: str) -> int | None:
        """The id of the category of this name; ``None`` where it is unknown and may not be made."""
        if not name:
            return None
        found = self._ids.get(_key(name))
        if found is None and self._may_plant:
            found = self._ids[_key(name)] = self._plant(name).pk
        return found

    def take_made(self) -> list[Category]:
        """Categories made since the last call."""
        made, self._made = self._made, []
        return made

    def put_in_order(self) -> None:
        """Sort the node's categories by name once some were planted: hundreds are only found by the alphabet."""
        if self._has_planted and self._root is not None:
            with transaction.atomic():
                tree.order_by_name(self._root)

    def _plant(self, name: str) -> Category:
        label = name[:150]
        made = tree.plant(
            slug=self._free_slug(label), name=label, name_en=label, parent=self._node(), is_open=False
        )
        self._made.append(made)
        self._has_planted = True
        return made

    def _node(self) -> Category:
        if self._root is None:
            slug = moved_to(ROOT_SLUG) or ROOT_SLUG
            self._root = Category.objects.filter(slug=slug).first() or tree.plant(
                slug=ROOT_SLUG, name=ROOT_NAME, name_en=ROOT_NAME_EN, is_open=False, position=999
            )
        return self._root

    def _free_slug(self, name: str) -> str:
        base = slugify(name)[:54] or "kegiatan"
        slug, number = base, 2
        while not tree.slug_is_free(slug):
            slug, number = f"{base}-{number}", number + 1
        return slug


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
