"""The Models and agreements page: what may be called on whose terms."""

from console.ui.inventory_page import inventory_page
from console.views.inventory_models import MODELS

PAGE = inventory_page(MODELS, icon="models", group="Use", order=1)
