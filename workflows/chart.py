"""The drawn flow of a tier, with where the case is.

Layout is the engine's; the drawing and its colours are ours. A step that was entered again is
drawn as it stands now, not as it stood before.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from viewflow.workflow.chart import calc_layout_data
from viewflow.workflow.status import STATUS

KINDS = {
    "HUMAN": "step",
    "FUNCTION": "act",
    "TIMER": "clock",
    "START": "start",
    "END": "end",
    "JOIN": "gate",
    "EXCLUSIVE_GATEWAY": "gate",
    "PARALLEL_GATEWAY": "gate",
    "SWITCH": "gate",
}
STATES = {
    STATUS.DONE: "done",
    STATUS.NEW: "now",
    STATUS.ASSIGNED: "now",
    STATUS.STARTED: "now",
    STATUS.SCHEDULED: "armed",
    STATUS.CANCELED: "left",
}


@dataclass(frozen=True)
class Shape:
    """A node as it is drawn: kind of shape, place and size in pixels, title, state of the case."""

    name: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    title: str
    aside: bool = False
    state: str = ""

    @property
    def middle(self):
        """The point in the middle of the shape."""
        return self.x + self.width / 2, self.y + self.height / 2


def draw(process, tasks=None):
    """Return the flow of *process* as safe SVG, marked with where the process is.

    *tasks* are all its tasks by id, if they have been read already.
    """
    shapes, edges, width, height = layout(process.flow_class, get_language())
    states = states_of(process, tasks)
    marked = [replace(shape, state=states.get(shape.name, "")) for shape in shapes]
    return render_to_string(
        "workflows/_chart.html",
        {
            # Where nobody comes by the usual ways is drawn only when somebody did.
            "shapes": [shape for shape in marked if shape.state or not shape.aside],
            "edges": edges,
            "width": width,
            "height": height,
            "title": process.flow_class.process_title,
            "current": [shape.title for shape in marked if shape.state == "now"],
        },
    )


def states_of(process, tasks=None):
    """Return {node name: state} by the latest task of each node, in one query or none.

    *tasks* are all tasks of *process* by id, if they have been read already.
    """
    if tasks is None:
        tasks = process.task_set.order_by("pk")
    return {_node_name(task.flow_task): STATES.get(task.status, "") for task in tasks}


@lru_cache(maxsize=16)
def layout(flow_class, language):
    """Return shapes, edges as SVG paths, width and height of *flow_class* in *language*."""
    grid = calc_layout_data(flow_class)
    shapes = tuple(_shape(cell) for cell in grid.cells)
    edges = tuple(_path(edge.segments) for edge in grid.edges)
    return shapes, edges, grid.width, grid.height * FLAT + 24


# The engine lays steps out as squares; ours are flat, as lines of text are.
FLAT = 0.55


def _shape(cell):
    kind = KINDS.get(cell.node.task_type, "act")
    title = _("decision") if kind == "gate" else str(cell.node.task_title)
    shape = cell.shape
    aside = kind == "end" and not cell.node._incoming_edges
    y, height = shape.y * FLAT, shape.height * FLAT
    return Shape(cell.node.name, kind, shape.x, y, shape.width, height, title, aside)


def _path(segments):
    return "M" + " L".join(f"{x:.0f} {y * FLAT:.0f}" for x, y in segments)


def _node_name(node):
    return node.name if hasattr(node, "name") else str(node).rpartition(".")[2]
