"""El año completo de un servicio con dieciséis regiones y cientos de documentos: tiempo, tamaño y si un acto crece.

    python tests/rendimiento/bench_anio.py [--documentos 400] [--demo CARPETA] [--queda CARPETA]

Primero ocurre el año de la demostración (o se parte de una ya hecha: `--demo`); después, cada documento recorre su
circuito hasta regir, editado en Word por quien lo elabora, y una región archiva un registro: siete actos, por las
mismas órdenes de todos. La vara es leer siempre el mismo Word, entre documento y documento: lo que el equipo se puso
lento, se puso lento para ambos. Al final se consulta lo que quedó; la vara es abrir Python y, para lo que lee la
historia, `git log`. Se mide tiempo de procesador, con el de los procesos que cada acto espera: un equipo ocupado lo
mueve poco. Imprime números y razones; no es una prueba.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

RAIZ = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(RAIZ))

from sgc_gt.contexto import Contexto, Persona
from sgc_gt.dominio.regiones import TODAS
from sgc_gt.ejemplo import anio
from sgc_gt.ejemplo.edicion import escribir_en_word
from sgc_gt.ejemplo.evidencia import pdf
from sgc_gt.ejemplo.guion import DOMINIO, Guion, Reloj, datos
from sgc_gt.ordenes.circuito import anotar
from sgc_gt.ordenes.crear import Nuevo, crear
from sgc_gt.ordenes.entregar import entregar
from sgc_gt.ordenes.enviar import enviar
from sgc_gt.ordenes.pedido import Peticion
from sgc_gt.word.extraer import forma_de_partes
from sgc_gt.word.puerta import abrir

ANIO = 2024
LUNES = date(ANIO + 1, 1, 6)
AREAS = ("FOM", "GT", "ATC", "FOR")
GRUPO = 40
AL_DIA = 3  # documentos que caben en un día de trabajo
VECES = 3  # cada consulta, en frío
SALIDAS = (0, 1)  # 1: `comprobar` y `auditar` hallaron algo
CONSULTAS = (
    ("estado",),
    ("estado", "PR-GT-01"),
    ("pendientes",),
    ("matriz", "--periodo", f"{ANIO}"),
    ("completitud", "--periodo", f"{ANIO}"),
    ("registros", "--periodo", f"{ANIO + 1}"),
    ("historial",),
    ("historial", "PR-GT-01"),
    ("comprobar",),
    ("comprobar", "PR-GT-01"),
    ("auditar",),
    ("expediente", "PR-GT-01", "-o", "{fuera}/expediente.html"),
    ("listas", "-o", "{fuera}/listas"),
    ("publicar", "{fuera}/publicado"),
    ("publicar", "{fuera}/publicado"),
    ("verificar",),
)


class Medido(NamedTuple):
    """Un acto: qué fue, lo que costó, y lo que costó la vara a su lado."""

    nombre: str
    acto: float
    vara: float


def procesador() -> float:
    """Segundos de procesador de este programa y de los procesos que ya esperó."""
    try:
        import resource  # solo en POSIX: cuenta en millonésimas
    except ImportError:
        return sum(os.times()[:4])
    usos = (resource.getrusage(quien) for quien in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(uso.ru_utime + uso.ru_stime for uso in usos)


def cronometrar(hacer: Callable[[], object]) -> float:
    """Milisegundos de procesador."""
    inicio = procesador()
    hacer()
    return (procesador() - inicio) * 1000


def actos_de(g: Guion, numero: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """Lo que le ocurre a un documento en el año: del borrador a regir, y un registro de una región."""
    area = AREAS[numero % len(AREAS)]
    codigo = f"PR-{area}-{100 + numero}"
    region = TODAS[numero % len(TODAS)]
    nuevo = Nuevo("procedimiento", f"Procedimiento {numero}", codigo, area, "cr1", ("egt",), "dn")
    yield "crear", lambda: crear(g.como("cdoc"), nuevo, Peticion(), datos=datos("pr_fom_03"))
    borrador = g.ctx.raiz / f"documentos/{area}/{codigo}/borrador/{codigo}_v01.docx"
    escribir_en_word(borrador, despues_de="Alcance", parrafo=f"Rige para {region}, con el N° {numero}.")
    yield "entregar", lambda: entregar(g.como("cr1"), codigo, Peticion(), None)
    yield "enviar", lambda: enviar(g.como("cr1"), [codigo], Peticion())
    yield "revisar", lambda: anotar(g.como("egt"), "revisar", [codigo], Peticion())
    yield "aprobar", lambda: anotar(g.como("dn"), "aprobar", [codigo], Peticion())
    yield "emitir", lambda: g.emitir([codigo])
    informe = pdf(f"terreno-{numero}.pdf", f"Informe de terreno {numero}")
    yield "registrar", lambda: g.archivar("RG-GT-06", "Informe de terreno", informe, region=region)


def dias(reloj: Reloj, documentos: int) -> Iterator[int]:
    """El número de cada documento, con el reloj puesto en su día de trabajo: unos pocos cada día, de lunes a viernes."""
    for numero in range(documentos):
        if numero % AL_DIA == 0:
            semanas, dia = divmod(numero // AL_DIA, 5)
            hoy = LUNES + timedelta(days=7 * semanas + dia)
            reloj.dia(hoy.month, hoy.day)
        yield numero


def guion(raiz: Path) -> tuple[Guion, Reloj]:
    """El año siguiente al de la demostración, que ya cerró: el reloj no vuelve."""
    reloj = Reloj(ANIO + 1)
    return Guion(Contexto(raiz, reloj, Persona(f"cdoc@{DOMINIO}")), reloj, print), reloj


def crecer(raiz: Path, documentos: int) -> list[Medido]:
    """Los documentos, uno tras otro, con la vara antes de cada uno."""
    g, reloj = guion(raiz)
    fijo = (raiz / "documentos/GT/PR-GT-01/PR-GT-01_v01.docx").read_bytes()
    medidos = []
    for numero in dias(reloj, documentos):
        vara = cronometrar(lambda: forma_de_partes(abrir(fijo, "la vara")))
        medidos += [Medido(nombre, cronometrar(acto), vara) for nombre, acto in actos_de(g, numero)]
    return medidos


def decir_actos(medidos: Sequence[Medido]) -> None:
    """Cuánto cuesta cada clase de acto al comienzo y al final, en veces la vara."""
    total = sum(m.acto for m in medidos)
    print(
        f"  {len(medidos)} actos en {total / 1000:.0f} s de procesador; {total / len(medidos):.0f} ms cada uno"
    )
    por_clase: dict[str, list[Medido]] = defaultdict(list)
    for m in medidos:
        por_clase[m.nombre].append(m)
    print(f"  {'':10} {'primeros':>10} {'últimos':>10}   crecimiento, contra la vara")
    for nombre, propios in por_clase.items():
        n = min(GRUPO, len(propios) // 2)
        antes, despues = (statistics.median(m.acto for m in grupo) for grupo in (propios[:n], propios[-n:]))
        varas = [statistics.median(m.vara for m in grupo) for grupo in (propios[:n], propios[-n:])]
        crece = despues / antes / (varas[1] / varas[0])
        print(
            f"  {nombre:10} {antes:7.0f} ms {despues:7.0f} ms   {crece:.2f} (medianas de {n}; la vara, {varas[0]:.0f} ms)"
        )


def git(raiz: Path, *orden: str) -> str:
    return subprocess.run(
        ["git", *orden], cwd=raiz, check=True, capture_output=True, text=True
    ).stdout.strip()


def decir_tamano(raiz: Path) -> tuple[int, int]:
    """Lo que ocupan los archivos y la historia; devuelve los movimientos y los bytes de historia."""
    historia = sum(a.stat().st_size for a in (raiz / ".git").rglob("*") if a.is_file())
    total = sum(a.stat().st_size for a in raiz.rglob("*") if a.is_file())
    movimientos = int(git(raiz, "rev-list", "--count", "HEAD"))
    cuenta = dict(linea.split(": ") for linea in git(raiz, "count-objects", "-v").splitlines())
    print(
        f"  {movimientos} movimientos; {(total - historia) / 1e6:.1f} MB a la vista y {historia / 1e6:.1f} MB de"
        f" historia, en {cuenta['packs']} paquetes y {cuenta['count']} objetos sueltos"
    )
    return movimientos, historia


def decir_consultas(raiz: Path) -> None:
    """Cada consulta en un proceso nuevo, como la persona la pide."""
    vacio = _mediana([sys.executable, "-c", "import click"])
    bitacora = _mediana(["git", "-C", str(raiz), "log", "--format=%H%n%B", "--name-only"])
    print(f"  abrir Python {vacio:.0f} ms; git log de todo {bitacora:.0f} ms")
    with tempfile.TemporaryDirectory() as fuera:
        for orden in CONSULTAS:
            dicha = [parte.format(fuera=fuera) for parte in orden]
            veces = 1 if orden[0] in ("publicar", "verificar") else VECES
            cuesta = _mediana([sys.executable, "-m", "sgc_gt", "--repo", str(raiz), *dicha], veces)
            nombre = " ".join(p for p in orden if not p.startswith(("-", "{")))
            print(
                f"  {nombre:22} {cuesta:7.0f} ms  {cuesta / vacio:6.1f} × Python  {cuesta / bitacora:6.1f} × git log"
            )


def _mediana(orden: Sequence[str], veces: int = VECES) -> float:
    ambiente = {**os.environ, "PYTHONPATH": str(RAIZ)}

    def correr() -> None:
        hecho = subprocess.run(orden, capture_output=True, env=ambiente, check=False)
        if hecho.returncode not in SALIDAS:
            raise SystemExit(f"{' '.join(orden)}: {hecho.stderr.decode()}")

    return statistics.median(cronometrar(correr) for _ in range(veces))


def comenzar(raiz: Path, demo: str) -> None:
    """El año de la demostración, hecho ahora o copiado."""
    if demo:
        shutil.copytree(demo, raiz)
        return
    cuesta = cronometrar(lambda: anio.representar(raiz, ANIO, lambda _: None))
    print(f"El año de la demostración: {cuesta / 1000:.0f} s de procesador")


def medir(raiz: Path, documentos: int, demo: str) -> None:
    comenzar(raiz, demo)
    antes, bytes_antes = decir_tamano(raiz)
    print(f"Con {documentos} documentos más:")
    decir_actos(crecer(raiz, documentos))
    despues, bytes_despues = decir_tamano(raiz)
    print(f"  {(bytes_despues - bytes_antes) / (despues - antes) / 1e3:.1f} kB de historia por acto")
    print("Consultas:")
    decir_consultas(raiz)


def main() -> None:
    opciones = argparse.ArgumentParser(description="El año de un servicio grande")
    opciones.add_argument("--documentos", type=int, default=400)
    opciones.add_argument("--demo", default="", help=f"una demostración ya hecha, del año {ANIO}")
    opciones.add_argument("--queda", default="", help="dónde dejar el servicio, para mirarlo después")
    dichas = opciones.parse_args()
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    if dichas.queda:
        medir(Path(dichas.queda).absolute(), dichas.documentos, dichas.demo)
        return
    with tempfile.TemporaryDirectory() as carpeta:
        medir(Path(carpeta) / "sgc", dichas.documentos, dichas.demo)


if __name__ == "__main__":
    main()
