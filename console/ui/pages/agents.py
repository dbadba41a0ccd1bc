"""The Knowledge bases and agents page: what answers from documents, and what acts."""

from console.ui.inventory_page import inventory_page
from console.views.inventory_agents import AGENTS

PAGE = inventory_page(AGENTS, icon="agents", group="Use", order=2)
