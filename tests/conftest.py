"""Deja `tests/` en el camino de importación: ahí vive `mini_docx`, que usan varias salas."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
