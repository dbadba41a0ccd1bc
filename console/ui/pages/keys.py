"""The Keys page: what data is encrypted under, and what people and agents sign in with."""

from console.ui.inventory_page import inventory_page
from console.views.inventory_keys import KEYS

PAGE = inventory_page(KEYS, icon="keys", group="Access", order=11)
