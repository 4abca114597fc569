"""Leer la historia: los movimientos del más antiguo al más nuevo, y qué archivos tocó cada uno.

git dice en qué orden están; los bytes los leemos nosotros y comprobamos que cada eslabón nombra al anterior.
"""

from __future__ import annotations

from collections.abc import Iterator

from sgc_gt.errores import IntegridadRota

from .git import Git
from .lector import Lector, abrir_lector
from .objetos import ARCHIVO, leer_commit
from .valores import CERO, RAMA, Commit

TANDA = 500
SIN_ARCHIVO = "000000"
FICHA = "/ficha.json"
Diferencia = dict[str, tuple[str | None, str | None]]  # ruta → (oid anterior, oid nuevo)


def bitacora(git: Git, ruta: str | None = None, desde: str | None = None) -> Iterator[Commit]:
    """Los movimientos en orden. Con `ruta`, solo los que la tocaron; con `desde`, los posteriores a ese.

    Sin `ruta` se comprueba la cadena entera: un solo primero, un padre cada uno y el último es `main`.
    """
    camino = ["--", ruta] if ruta else ["--"]
    with abrir_lector(git) as lector:
        ultimo = lector.resolver(RAMA) or RAMA  # una sola vez: otro puede estar registrando
        rango = f"{desde}..{ultimo}" if desde else ultimo
        oids = (
            git.consultar("rev-list", "--first-parent", "--reverse", rango, *camino).decode("ascii").split()
        )
        anterior = desde
        for inicio in range(0, len(oids), TANDA):
            tanda = oids[inicio : inicio + TANDA]
            for oid, (tipo, datos) in zip(tanda, lector.objetos(tanda), strict=True):
                commit = leer_commit(oid, datos if tipo == "commit" else b"")
                if ruta is None and commit.padre != anterior:
                    raise _cadena_rota(oid)
                anterior = oid
                yield commit
        if ruta is None and anterior != ultimo:
            raise _cadena_rota(anterior or CERO)


def _cadena_rota(oid: str) -> IntegridadRota:
    return IntegridadRota(
        "la historia no es una sola línea: un movimiento no sigue al anterior",
        lugar=oid,
        esperado="cada movimiento nombra como padre al anterior",
        hacer="Compare con el último respaldo: la historia fue alterada por fuera del sistema.",
    )


def diferencia(lector: Lector, oid: str) -> Diferencia:
    """Los archivos que un movimiento cambió respecto de su padre, leyendo árboles comprobados."""
    commit = lector.commit(oid)
    padre = lector.commit(commit.padre).arbol if commit.padre else None
    return comparar_arboles(lector, padre, commit.arbol)


def comparar_arboles(lector: Lector, antes: str | None, despues: str | None, prefijo: str = "") -> Diferencia:
    """Baja solo por las carpetas cuyo oid cambió."""
    if antes == despues:
        return {}
    viejo = lector.arbol(antes) if antes else {}
    nuevo = lector.arbol(despues) if despues else {}
    cambios: Diferencia = {}
    for nombre in sorted({*viejo, *nuevo}):
        de, a = viejo.get(nombre), nuevo.get(nombre)
        if de == a:
            continue
        carpetas = [lado.oid if lado and lado.es_carpeta else None for lado in (de, a)]
        hojas = [lado.oid if lado and not lado.es_carpeta else None for lado in (de, a)]
        if any(hojas):
            cambios[prefijo + nombre] = (hojas[0], hojas[1])
        if any(carpetas):
            cambios |= comparar_arboles(lector, carpetas[0], carpetas[1], f"{prefijo}{nombre}/")
    return cambios


def diferencias(git: Git, desde: str | None = None) -> Iterator[tuple[str, Diferencia]]:
    """(oid, diferencia) de toda la cadena, del más antiguo al más nuevo, en un solo proceso."""
    rango = f"{desde}..{RAMA}" if desde else RAMA
    oids = git.consultar("rev-list", "--first-parent", "--reverse", rango, "--")
    salida = git.consultar(
        "diff-tree", "--stdin", "-r", "-z", "--root", "--no-renames", "--always", entrada=oids
    )
    actual: str | None = None
    cambios: Diferencia = {}
    trozos = iter(salida.split(b"\0"))
    for trozo in trozos:
        if trozo.startswith(b":"):
            _, modo, de, a, _ = trozo.decode("ascii").split(" ")
            ruta = next(trozos).decode("utf-8", "surrogateescape")
            if modo not in (ARCHIVO, SIN_ARCHIVO):
                raise _no_es_archivo(ruta, modo)
            cambios[ruta] = (_oid(de), _oid(a))
        elif trozo.strip():
            if actual:
                yield actual, cambios
            actual, cambios = trozo.strip().decode("ascii"), {}
    if actual:
        yield actual, cambios


def por_ficha(git: Git) -> dict[str, list[Commit]]:
    """Ruta de cada ficha → los movimientos que la tocaron, en orden. Comprueba la cadena entera."""
    commits = {c.oid: c for c in bitacora(git)}
    resultado: dict[str, list[Commit]] = {}
    for oid, cambios in diferencias(git):
        for ruta in cambios:
            if ruta.endswith(FICHA) and oid in commits:
                resultado.setdefault(ruta, []).append(commits[oid])
    return resultado


def _no_es_archivo(ruta: str, modo: str) -> IntegridadRota:
    return IntegridadRota(
        "en la historia hay algo que no es un archivo corriente: un enlace, un programa u otra carpeta",
        lugar=ruta,
        esperado=f"un archivo ({ARCHIVO}), y es {modo}",
        hacer="Compare con el último respaldo: la historia fue alterada por fuera del sistema.",
    )


def _oid(texto: str) -> str | None:
    return None if texto == CERO else texto
