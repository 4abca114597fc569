"""Los bytes que armamos son los que git armaría."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from motor_de_prueba import CONTROL, HORA, cambio, git

from sgc_gt.errores import IntegridadRota
from sgc_gt.repositorio import objetos
from sgc_gt.repositorio.valores import Entrada

NOMBRES = st.from_regex(r"[a-z0-9][a-z0-9.-]{0,5}", fullmatch=True)
BLOB = objetos.oid_de_blob(b"")
con_git = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def vacio(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    git(tmp_path, "hash-object", "-w", "--stdin", entrada=b"")
    git(tmp_path, "hash-object", "-w", "-t", "tree", "--stdin", entrada=b"")
    return tmp_path


@con_git
@given(nombres=st.dictionaries(NOMBRES, st.booleans(), max_size=12))
def test_arbol_igual_a_mktree(vacio: Path, nombres: dict[str, bool]) -> None:
    """El orden es la trampa: `a.b`, la carpeta `a` y `a0` van en el orden de git, no en el alfabético."""
    carpeta = objetos.oid_de("tree", b"")
    arbol = {n: Entrada("40000", carpeta) if es else Entrada("100644", BLOB) for n, es in nombres.items()}
    filas = [
        f"{e.modo:0>6} {'tree' if e.es_carpeta else 'blob'} {e.oid}\t{nombre}" for nombre, e in arbol.items()
    ]
    oid = git(vacio, "mktree", entrada="".join(f"{fila}\n" for fila in filas).encode()).strip()
    datos = objetos.armar_arbol(arbol)
    assert objetos.oid_de("tree", datos) == oid
    assert objetos.leer_arbol(oid, datos) == arbol


RUTAS = st.lists(NOMBRES, min_size=1, max_size=3).map("/".join)


def sin_choques(archivos: dict[str, bytes]) -> dict[str, bytes]:
    """Una ruta no puede ser a la vez archivo y carpeta."""
    return {r: d for r, d in archivos.items() if not any(otra.startswith(f"{r}/") for otra in archivos)}


@con_git
@given(
    antes=st.dictionaries(RUTAS, st.binary(max_size=20), max_size=6).map(sin_choques),
    datos=st.data(),
)
def test_aplicar_igual_a_write_tree(vacio: Path, antes: dict[str, bytes], datos: st.DataObject) -> None:
    borradas = datos.draw(st.sets(st.sampled_from(sorted(antes)))) if antes else set()
    quedan = {ruta: bytes_ for ruta, bytes_ in antes.items() if ruta not in borradas}
    todo: dict[str, objetos.Objeto] = {}

    def leer(oid: str) -> objetos.Arbol:
        return objetos.leer_arbol(oid, todo[oid][1])

    base, todo = objetos.aplicar(None, {r: objetos.oid_de_blob(d) for r, d in antes.items()}, leer)
    final, nuevos = objetos.aplicar(base, dict.fromkeys(borradas), leer)
    paquete = objetos.armar_paquete(
        [*todo.values(), *nuevos.values(), *(("blob", d) for d in antes.values())]
    )
    subprocess.run(["git", "unpack-objects", "-q", "--strict"], input=paquete, cwd=vacio, check=True)
    assert final == arbol_de_git(vacio, quedan)
    assert git(vacio, "cat-file", "-t", final).strip() == "tree"


def arbol_de_git(raiz: Path, archivos: dict[str, bytes]) -> str:
    filas = "".join(f"100644 {objetos.oid_de_blob(datos)}\t{ruta}\n" for ruta, datos in archivos.items())
    git(raiz, "read-tree", "--empty")
    git(raiz, "update-index", "--index-info", entrada=filas.encode())
    return git(raiz, "write-tree").strip()


@con_git
@given(datos=st.binary(max_size=70_000))
def test_paquete_con_blobs_de_cualquier_largo(vacio: Path, datos: bytes) -> None:
    oid = git(vacio, "hash-object", "--stdin", "-t", "blob", entrada=datos).strip()
    assert objetos.oid_de_blob(datos) == oid
    subprocess.run(
        ["git", "unpack-objects", "-q"], input=objetos.armar_paquete([("blob", datos)]), cwd=vacio, check=True
    )
    assert git(vacio, "cat-file", "-s", oid) == f"{len(datos)}\n"


@given(
    mensaje=st.text(st.characters(exclude_characters="\r\0", codec="utf-8"), min_size=1).filter(str.strip),
    segundos=st.integers(0, 4_000_000_000),
)
def test_commit_ida_y_vuelta(mensaje: str, segundos: int) -> None:
    hora = HORA.fromtimestamp(segundos, HORA.tzinfo)
    datos = objetos.armar_commit(cambio({}, mensaje)._replace(instante=hora), "a" * 40, "b" * 40)
    leido = objetos.leer_commit("c" * 40, datos)
    assert (leido.mensaje, leido.fecha, leido.padre, leido.arbol) == (mensaje, hora, "b" * 40, "a" * 40)


PERSONA = f"{CONTROL.nombre} <{CONTROL.correo}> 1767268800 -0300"
BUENO = [f"tree {'a' * 40}", f"parent {'b' * 40}", f"author {PERSONA}", f"committer {PERSONA}"]
FIRMA = "gpgsig -----BEGIN SSH SIGNATURE-----\n U1NIU0lH\n -----END SSH SIGNATURE-----"


def leer(*lineas: str) -> objetos.Commit:
    return objetos.leer_commit("c" * 40, ("\n".join(lineas) + "\n\nmensaje\n").encode())


def test_commit_estricto_acepta_lo_que_git_escribe() -> None:
    assert leer(*BUENO).firma is None
    assert leer(*BUENO[:1], *BUENO[2:]).padre is None
    assert (
        leer(*BUENO, FIRMA).firma == b"-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----"
    )


@pytest.mark.parametrize(
    "lineas",
    {
        "dos padres": [*BUENO[:2], *BUENO[1:]],
        "dos árboles": [BUENO[0], *BUENO],
        "dos autores": [*BUENO[:3], *BUENO[2:]],
        "orden cambiado": [BUENO[0], BUENO[1], BUENO[3], BUENO[2]],
        "sin registra": BUENO[:3],
        "cabecera desconocida": [*BUENO, "encoding ISO-8859-1"],
        "segunda firma": [*BUENO, FIRMA, FIRMA],
        "firma sha256 que git no mira": [*BUENO, FIRMA.replace("gpgsig", "gpgsig-sha256")],
        "continuación suelta": [*BUENO, " algo"],
        "oid corto": ["tree abc", *BUENO[1:]],
        "oid en mayúsculas": [f"tree {'A' * 40}", *BUENO[1:]],
        "fecha sin zona": [*BUENO[:3], "committer A <a@b> 1767268800"],
        "fecha con ceros delante": [*BUENO[:3], "committer A <a@b> 01767268800 +0000"],
        "minutos imposibles": [*BUENO[:3], "committer A <a@b> 1767268800 +0099"],
        "zona imposible": [*BUENO[:3], "committer A <a@b> 1767268800 +9900"],
        "correo con ángulos": [*BUENO[:3], "committer A <a@b> <c@d> 1767268800 +0000"],
    }.items(),
    ids=lambda caso: caso[0],
)
def test_commit_estricto_rechaza(lineas: tuple[str, list[str]]) -> None:
    with pytest.raises(IntegridadRota):
        leer(*lineas[1])


@pytest.mark.parametrize(
    "datos",
    [
        b"100644 a\0" + bytes(20) + b"100644 a\0" + bytes(20),
        b"100666 a\0" + bytes(20),
        b"100644 \0" + bytes(20),
        b"sin fin",
    ],
)
def test_arbol_mal_formado(datos: bytes) -> None:
    with pytest.raises(IntegridadRota):
        objetos.leer_arbol("a" * 40, datos)
