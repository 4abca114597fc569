"""`python tests/rendimiento/bench_comprobar.py [N]`: `comprobar` de N documentos distintos (1 000 si no se dice).

Vara, en la misma corrida: python-docx abriendo los mismos archivos y leyendo su texto (párrafos y celdas), que
es menos de lo que aquí se lee. Tiempo de procesador, para que la carga ajena no cuente, y el de reloj al lado.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import docx
from servicio_grande import construir

from sgc_gt.consultas.comprobar import Revision
from sgc_gt.consultas.formas_leidas import FormasLeidas
from sgc_gt.consultas.revisado import Revisado
from sgc_gt.contexto import Contexto
from sgc_gt.ejemplo import anio
from sgc_gt.ordenes.comprobacion import TALLER
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.puerta import abrir


def _variantes(raiz: Path) -> Callable[[int], bytes]:
    """El procedimiento de Gestión Territorial (unas veinte páginas), distinto en cada copia."""
    anio.representar(raiz, 2025, lambda _: None)
    modelo = (raiz / "documentos/GT/PR-GT-01/PR-GT-01_v01.docx").read_bytes()
    partes = abrir(modelo, "PR-GT-01_v01.docx")
    principal = partes["word/document.xml"]

    def contenido(n: int) -> bytes:
        distinto = principal.replace(b"</w:body>", f"<!-- {n} --></w:body>".encode())
        return empaquetar({**partes, "word/document.xml": distinto}, comprimir=True)

    return contenido


def _medir(que: Callable[[], object]) -> tuple[float, float]:
    reloj, propio = time.perf_counter(), time.process_time()
    que()
    return time.process_time() - propio, time.perf_counter() - reloj


def _comprobar(ctx: Contexto) -> list[Revisado]:
    vista = ctx.vista()
    with FormasLeidas(ctx.raiz).recordando() as leidas, ctx.repo.compartiendo():
        return Revision(vista, TALLER, ctx.ahora(vista).date(), leidas).todo()


def _con_python_docx(raiz: Path) -> int:
    total = 0
    for archivo in sorted(raiz.glob("documentos/A*/*/*.docx")):
        documento = docx.Document(io.BytesIO(archivo.read_bytes()))
        total += sum(len(p.text) for p in documento.paragraphs)
        for tabla in documento.tables:
            total += sum(len(celda.text) for fila in tabla.rows for celda in fila.cells)
    return total


def main() -> None:
    cuantos = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as carpeta:
        ctx = construir(Path(carpeta) / "mil", cuantos, _variantes(Path(carpeta) / "demo"))
        vara = _medir(lambda: _con_python_docx(ctx.raiz))
        frio = _medir(lambda: _comprobar(ctx))
        caliente = min(_medir(lambda: _comprobar(ctx)) for _ in range(2))
    print(f"{cuantos} documentos distintos, de unas veinte páginas; procesador (reloj), en segundos")
    print(f"python-docx, abrir y leer el texto:  {vara[0]:6.1f} ({vara[1]:6.1f})")
    for nombre, medida in (("comprobar, sin memoria: ", frio), ("comprobar, con memoria: ", caliente)):
        print(f"{nombre}             {medida[0]:6.1f} ({medida[1]:6.1f})   {medida[0] / vara[0]:4.2f} ×")


if __name__ == "__main__":
    main()
