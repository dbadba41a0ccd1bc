"""The Trails and logging page: who records what, and where it is kept."""

from console.ui.inventory_page import inventory_page
from console.views.inventory_trails import TRAILS

PAGE = inventory_page(TRAILS, icon="trails", group="Use", order=4)
