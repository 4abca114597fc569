"""`python tests/rendimiento/bench_historial.py`: `historial` de un documento con 10 000 movimientos en el servicio.

Vara, en la misma corrida y sobre la misma historia, después del mantenimiento que hace el propio programa
(paquetes, grafo y filtros de rutas): `git log -- carpeta`. Se mide sin y con la partida del proceso.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from servicio_grande import AREAS, CORREO, configuracion

from sgc_gt import inicial as trae
from sgc_gt.consultas.historial import Filtro, filtrado, historial
from sgc_gt.contexto import Contexto, Persona
from sgc_gt.dominio.ficha import Ficha, Movimiento, escribir_ficha
from sgc_gt.dominio.mensaje import mensaje
from sgc_gt.dominio.organizacion import Organizacion
from sgc_gt.ordenes.iniciar import Inicial, iniciar

MOVIMIENTOS, DOCUMENTOS = 10_000, 1_000
VECES = 15
AMBIENTE = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def _ficha(n: int) -> Ficha:
    area = f"A{n % AREAS:02d}"
    identidad = {
        "area": area,
        "titulo": f"Documento {n}",
        "elabora": "cr1",
        "revisa": ["egt"],
        "aprueba": "dn",
    }
    return Ficha(f"PR-{area}-{n + 1:05d}", "procedimiento", "documento", identidad)


def _movimiento(k: int, m: int) -> Movimiento:
    cuando = datetime(2020, 1, 6, 12, tzinfo=UTC) + timedelta(minutes=10 * k)
    return Movimiento(
        n=m, acto="importar" if m == 1 else "mantener", version="01", fecha=cuando.date(),
        registrado=cuando.isoformat(), correo=CORREO, cargo="cdoc", registra=CORREO, origen="por_la_persona",
        huella=f"1:{m:064x}", sha256=f"{k:064x}", motivo="Se revisó y se mantiene sin cambios por un año más",
    )  # fmt: skip


def _turnos(azar: int = 7) -> Iterator[int]:
    """A qué documento le toca: los primeros 200 se mueven mucho más que los otros 800."""
    for k in range(MOVIMIENTOS):
        azar = (azar * 1_103_515_245 + 12_345) % 2**31
        yield (k * 7) % 200 if k % 25 else 200 + azar % (DOCUMENTOS - 200)


def _sembrar(ctx: Contexto, organizacion: Organizacion) -> str:
    """Diez mil movimientos, uno por commit, cada uno con su mensaje de verdad; el código del más movido."""
    fichas: dict[int, Ficha] = {}
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=ctx.raiz, stdin=subprocess.PIPE) as proceso:
        if proceso.stdin is None:
            raise RuntimeError("sin tubería hacia git")
        escribe = proceso.stdin.write
        for k, d in enumerate(_turnos()):
            ficha = fichas.get(d, _ficha(d))
            fichas[d] = ficha = ficha.con(_movimiento(k, len(ficha.actos) + 1))
            datos, texto = escribir_ficha(ficha), mensaje([ficha], organizacion).encode()
            ruta = f"documentos/{ficha.identidad['area']}/{ficha.codigo}"
            cuando = int(datetime.fromisoformat(ficha.actos[-1].registrado).timestamp())
            escribe(
                f"commit refs/heads/main\nauthor Control <{CORREO}> {cuando} +0000\n"
                f"committer Control <{CORREO}> {cuando} +0000\ndata {len(texto)}\n".encode()
                + texto
            )
            escribe(b"from refs/heads/main^0\n" if k == 0 else b"")
            escribe(f"M 100644 inline {ruta}/ficha.json\ndata {len(datos)}\n".encode() + datos + b"\n")
            if len(ficha.actos) == 1:
                bulto = os.urandom(40_000)  # lo que pesa un documento de verdad
                escribe(f"M 100644 inline {ruta}/doc.docx\ndata {len(bulto)}\n".encode() + bulto + b"\n")
    return max(fichas.values(), key=lambda f: len(f.actos)).codigo


def _ms(hacer: Callable[[], object], veces: int = VECES) -> float:
    tiempos = []
    for _ in range(veces):
        inicio = time.perf_counter()
        hacer()
        tiempos.append(time.perf_counter() - inicio)
    return statistics.median(tiempos) * 1000


def _proceso(*orden: str, en: Path) -> Callable[[], object]:
    return lambda: subprocess.run(orden, cwd=en, env=AMBIENTE, stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        raiz = Path(carpeta) / "diez_mil"
        propio = Inicial(configuracion(), trae.plantillas(), trae.series())
        inicial = iniciar(raiz, propio, lambda: datetime(2020, 1, 2, 12, tzinfo=UTC), CORREO)
        codigo = _sembrar(inicial, inicial.vista().organizacion)
        inicial.repo.mantener(forzar=True)
        ctx = Contexto(raiz, lambda: datetime.now(UTC), Persona(""))
        ruta = f"documentos/{codigo.split('-')[1]}/{codigo}"

        def consultar(codigo_: str = codigo) -> object:
            with ctx.repo.compartiendo():
                return historial(ctx.vista(), codigo_)

        def de_un_cargo() -> object:
            with ctx.repo.compartiendo():
                return filtrado(ctx.vista(), Filtro(cargo="cdoc", desde=date(2020, 3, 1)))

        filas = len(historial(ctx.vista(), codigo))
        consultar()
        log = _ms(_proceso("git", "log", "--", ruta, en=raiz))
        entero = _ms(_proceso("git", "log", en=raiz), 5)
        uno, todos, cargo = _ms(consultar), _ms(lambda: consultar(""), 3), _ms(de_un_cargo, 3)
        programa = (sys.executable, "-m", "sgc_gt", "--repo", str(raiz), "historial")
        orden = _ms(_proceso(*programa, codigo, "--json", en=raiz))
        pantalla = _ms(_proceso(*programa, codigo, en=raiz))
        vara = _ms(_proceso(sys.executable, "-c", "import click", en=raiz))
    print(f"git log -- carpeta, con filtros:      {log:7.0f} ms   ({MOVIMIENTOS} movimientos en el servicio)")
    print(f"historial del documento ({filas} filas):  {uno:7.0f} ms   {uno / log:5.2f} × (meta ≤ 3)")
    print(
        f"orden historial --json, con partida:  {orden:7.0f} ms   {orden / log:5.2f} ×;  {orden / vara:4.2f} × import click ({vara:.0f} ms)"
    )
    print(f"orden historial, en texto:            {pantalla:7.0f} ms   {pantalla / log:5.2f} ×")
    print(f"git log entero:                       {entero:7.0f} ms")
    print(f"historial del servicio entero:        {todos:7.0f} ms   {todos / entero:5.2f} ×")
    print(f"historial de un cargo, un período:    {cargo:7.0f} ms   {cargo / entero:5.2f} ×")


if __name__ == "__main__":
    main()
