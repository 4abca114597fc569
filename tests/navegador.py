"""Una página mirada por axe-core en Chromium de verdad."""

from __future__ import annotations

import json
import os
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

_AUDITORIA = """<script>{axe}</script><script>
axe.run(document, {{resultTypes: ["violations", "incomplete"]}}).then(r => {{
  const p = document.createElement("pre"); p.id = "resultado";
  p.textContent = JSON.stringify({{fallas: r.violations.map(v => [v.id, v.help, v.nodes.map(n => n.html)]),
    revisadas: r.passes.length}}); document.body.appendChild(p); }});
</script></body>"""


def auditar(html: str, carpeta: Path) -> dict[str, Any]:
    """«fallas» de accesibilidad y cuántas comprobaciones pasaron («revisadas»)."""
    axe = Path(os.environ["OOXML_VALIDATOR"]) / "node_modules" / "axe-core" / "axe.min.js"
    archivo = carpeta / "auditada.html"
    archivo.write_text(html.replace("</body>", _AUDITORIA.format(axe=axe.read_text("utf-8"))), "utf-8")
    hecho = subprocess.run(
        [
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={carpeta / 'perfil'}",
            "--virtual-time-budget=20000", "--dump-dom", archivo.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    hallado = re.search(r'<pre id="resultado">(.*?)</pre>', hecho.stdout, re.DOTALL)
    assert hallado is not None, hecho.stderr[-2000:]
    return dict(json.loads(unescape(hallado.group(1))))


def abierta(pagina: Path, perfil: Path, pregunta: str = "") -> str:
    """El documento tal como queda en Chromium al abrir el archivo con doble clic; `pregunta` sigue al «#»."""
    hecho = subprocess.run(
        [
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={perfil}",
            "--virtual-time-budget=5000", "--dump-dom", pagina.as_uri() + (f"#{pregunta}" if pregunta else ""),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return hecho.stdout
