"""Entregar un documento de veinte páginas, y leerlo, contra lo que cuesta lo mismo con python-docx.

    python tests/rendimiento/bench_entregar.py

La orden entera se mide en un proceso nuevo, como la da una persona, contra otro proceso que solo importa
python-docx, abre ese mismo archivo y lo guarda. La lectura, dentro de un proceso y ya calentada, contra
python-docx recorriendo párrafos y tablas del mismo documento. Se cuenta tiempo de procesador: sirve también en
un equipo ocupado.
"""

import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx

RAIZ = Path(__file__).parents[2]
sys.path[:0] = [str(RAIZ), str(RAIZ / "tests")]

from sgc_gt.ejemplo.anio import representar
from sgc_gt.word.extraer import forma_de_partes
from sgc_gt.word.puerta import abrir

VUELTAS = 9
PALABRAS_POR_PAGINA = 420
FRASE = "El servicio revisa cada trimestre lo convenido con la región y deja constancia en el registro {}. "
OTRO_PROCESO = "import sys, docx; d = docx.Document(sys.argv[1]); d.save(sys.argv[2])"


def veinte_paginas(borrador: Path) -> None:
    """El borrador del año de demostración, alargado a veinte páginas de texto con una tabla en cada una."""
    documento = docx.Document(str(borrador))
    ancla = next(p for p in documento.paragraphs if p.text == "Alcance" and "TOC" not in p.style.name)
    for pagina in range(20):
        for parrafo in range(PALABRAS_POR_PAGINA // 70):
            nuevo = ancla.insert_paragraph_before(
                "".join(FRASE.format(f"{pagina}.{parrafo}.{n}") for n in range(5))
            )
            ancla._p.addnext(nuevo._p)
        tabla = documento.add_table(4, 4)
        for fila in tabla.rows:
            for celda in fila.cells:
                celda.text = f"Dato {pagina}"
        ancla._p.addnext(tabla._tbl)
    documento.save(str(borrador))


def mediana(accion: Callable[[], object], vueltas: int = VUELTAS) -> float:
    """Mediana en milisegundos de procesador, propio y de los procesos que espera: no cuenta lo que hagan otros."""
    tiempos = []
    for _ in range(vueltas):
        inicio = _procesador()
        accion()
        tiempos.append((_procesador() - inicio) * 1000)
    return statistics.median(tiempos)


def _procesador() -> float:
    t = os.times()
    return time.process_time() + t.children_user + t.children_system


def proceso(*orden: str) -> None:
    hecho = subprocess.run(
        [sys.executable, *orden],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(RAIZ)},
    )
    if hecho.returncode:
        raise SystemExit(hecho.stdout + hecho.stderr)


def recorrer(documento: Any) -> Iterator[str]:
    """El texto que python-docx alcanza: párrafos y tablas del cuerpo."""
    yield from (p.text for p in documento.paragraphs)
    for tabla in documento.tables:
        for fila in tabla.rows:
            yield from (celda.text for celda in fila.cells)


def entregas(carpeta: Path) -> Iterator[Callable[[], None]]:
    """Una entrega distinta por vuelta: la misma dos veces no es un movimiento."""
    casa = carpeta / "sgc"
    representar(casa, 2024, lambda _: None)
    proceso("-m", "sgc_gt", "--repo", str(casa), "nueva-version", "PR-FOM-03", "--motivo", "Medición")
    [borrador] = casa.glob("documentos/FOM/PR-FOM-03/borrador/*.docx")
    veinte_paginas(borrador)
    for vuelta in range(VUELTAS + 1):
        documento = docx.Document(str(borrador))
        documento.add_paragraph(f"Cambio de la vuelta {vuelta}.")
        documento.save(str(borrador))
        shutil.copy(borrador, carpeta / "mismo.docx")
        yield lambda: proceso(
            "-m", "sgc_gt", "--repo", str(casa), "--como", "cr1@senopl.example", "entregar", "PR-FOM-03"
        )


def main() -> None:
    with tempfile.TemporaryDirectory() as temporal:
        carpeta = Path(temporal)
        propios, ajenos = [], []
        for entregar in entregas(carpeta):
            propios.append(mediana(entregar, 1))
            vara = ("-c", OTRO_PROCESO, str(carpeta / "mismo.docx"), str(carpeta / "guardado.docx"))
            ajenos.append(mediana(lambda v=vara: proceso(*v), 1))
        vacio = mediana(lambda: proceso("-c", "pass"))
        propio, ajeno = statistics.median(propios[1:]), statistics.median(ajenos[1:])
        contenido = (carpeta / "mismo.docx").read_bytes()
        print(f"Documento: {len(contenido) // 1024} kB, unas veinte páginas\n")
        print(f"{'entregar, la orden entera':44}{propio:8.0f} ms")
        print(f"{'python-docx: importar, abrir y guardar':44}{ajeno:8.0f} ms   razón {propio / ajeno:.2f}")
        print(f"{'Python vacío':44}{vacio:8.0f} ms   razón {propio / vacio:.2f}\n")
        leer = mediana(lambda: forma_de_partes(abrir(contenido, "mismo.docx")))
        partes = abrir(contenido, "mismo.docx")
        puerta = mediana(lambda: abrir(contenido, "mismo.docx"))
        suya = mediana(lambda: list(recorrer(docx.Document(io.BytesIO(contenido)))))
        print(f"{'forma normal, con la puerta':44}{leer:8.1f} ms")
        print(f"{'de eso, la puerta de seguridad':44}{puerta:8.1f} ms   ({len(partes)} piezas)")
        print(f"{'python-docx: párrafos y tablas':44}{suya:8.1f} ms   razón {leer / suya:.2f}")


if __name__ == "__main__":
    main()
