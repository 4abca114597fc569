"""Lo que el motor se niega a hacer, con qué frase, y que después nada cambió."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path, PureWindowsPath

import pytest
from motor_de_prueba import (
    CARPETA,
    DOCX,
    FICHA,
    OFICIO,
    cambio,
    etiqueta,
    exigir_sano,
    nuevo_repositorio,
    registrar,
    suelto,
)

from sgc_gt.errores import (
    Conflicto,
    IntegridadRota,
    NoEncontrado,
    NoSePudoEscribir,
    ProgramaAusente,
    Rechazo,
    UsoIncorrecto,
)
from sgc_gt.repositorio import recuperacion
from sgc_gt.repositorio.lugar import exigir_ruta_corta
from sgc_gt.repositorio.repositorio import Repositorio

Terminal = Callable[..., str]
es_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="montar un disco de prueba necesita root"
)


def foto(raiz: Path) -> dict[str, bytes]:
    """Cada archivo, referencia e índice, salvo objetos sueltos y el propio candado."""
    fuera = ("objects", "sgc.lock", "sgc")
    return {
        str(ruta): ruta.read_bytes()
        for ruta in raiz.rglob("*")
        if ruta.is_file()
        and not (ruta.parts[len(raiz.parts)] == ".git" and ruta.parts[len(raiz.parts) + 1] in fuera)
    }


# --- abrir


def test_no_es_un_repositorio(tmp_path: Path) -> None:
    with pytest.raises(NoEncontrado, match="no es una carpeta del sistema"):
        Repositorio.abrir(tmp_path)
    with pytest.raises(NoEncontrado):
        Repositorio.abrir(tmp_path / "no_existe")


def test_sin_git(repo: Repositorio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nada")
    with pytest.raises(ProgramaAusente, match="no se encontró el programa git"):
        Repositorio.abrir(repo.raiz)


@pytest.mark.skipif(sys.platform == "win32", reason="el git de mentira es un guion de sh")
def test_git_antiguo(repo: Repositorio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un git que no conoce `cat-file --batch-command` (anterior a 2.36) se rechaza por su nombre."""
    guion = (
        '#!/bin/sh\ncase "$*" in *version*) echo git version 2.30.2;; *) echo usage >&2; exit 129;; esac\n'
    )
    (tmp_path / "git").write_text(guion)
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    for usar in (
        lambda: Repositorio.abrir(repo.raiz),
        lambda: Repositorio(repo.raiz).leer(FICHA),
        lambda: registrar(Repositorio(repo.raiz), {FICHA: b"x"}),
        lambda: nuevo_repositorio(tmp_path / "n"),
    ):
        with pytest.raises(ProgramaAusente, match=r"2\.30\.2, demasiado antiguo"):
            usar()


@pytest.mark.parametrize(
    ("archivo", "frase"),
    [("shallow", "recortada"), ("info/grafts", "injertos"), ("objects/info/alternates", "otra carpeta")],
)
def test_historia_con_trucos(repo: Repositorio, archivo: str, frase: str) -> None:
    (repo.raiz / ".git" / archivo).write_text(repo.cabeza())
    with pytest.raises(IntegridadRota, match=frase):
        Repositorio.abrir(repo.raiz)


@pytest.mark.parametrize("empacado", [False, True])
def test_reemplazo(repo: Repositorio, terminal: Terminal, empacado: bool) -> None:
    buena = repo.leer(FICHA)
    falsa = terminal("hash-object", "-w", "--stdin", entrada=b"falsa").strip()
    terminal("replace", repo.listar()[FICHA], falsa)
    if empacado:
        terminal("pack-refs", "--all")
    assert terminal("show", f"main:{FICHA}") == "falsa"
    assert repo.leer(FICHA) == buena  # aunque ya estuviera abierto
    with pytest.raises(IntegridadRota, match="reemplazos"):
        Repositorio.abrir(repo.raiz)


def test_desnudo(repo: Repositorio, terminal: Terminal) -> None:
    terminal("config", "core.bare", "true")
    with pytest.raises(IntegridadRota, match="no hay carpeta de trabajo"):
        Repositorio.abrir(repo.raiz)


@pytest.mark.parametrize("orden", [("checkout", "-q", "--detach"), ("checkout", "-q", "-b", "otra")])
def test_fuera_de_main_se_lee_pero_no_se_escribe(
    repo: Repositorio, terminal: Terminal, orden: list[str]
) -> None:
    terminal(*orden)
    otro = Repositorio.abrir(repo.raiz)
    assert otro.leer(FICHA) == b"{}\n"
    antes = foto(repo.raiz)
    with pytest.raises(IntegridadRota, match="punto antiguo o en otra línea"):
        registrar(otro, {FICHA: b"x"})
    assert foto(repo.raiz) == antes


@es_root
def test_carpeta_de_otro_dueno(repo: Repositorio) -> None:
    for ruta in [repo.raiz, *repo.raiz.rglob("*")]:
        os.chown(ruta, 12345, 12345)
    hecho = subprocess.run(["git", "status"], cwd=repo.raiz, capture_output=True, check=False)
    assert b"dubious ownership" in hecho.stderr
    assert registrar(Repositorio.abrir(repo.raiz), {FICHA: b"x"}) == repo.cabeza()


# --- registrar


def test_candado_ocupado(repo: Repositorio) -> None:
    otro = Repositorio.abrir(repo.raiz)
    fallos: list[Rechazo] = []

    def segundo() -> None:
        try:
            with otro.escritura(espera=0.1):
                pass
        except Rechazo as fallo:
            fallos.append(fallo)

    with repo.escritura() as escritor:
        hilo = threading.Thread(target=segundo)
        hilo.start()
        hilo.join()
        escritor.registrar(cambio({FICHA: b"primero"}))
    assert isinstance(fallos[0], Conflicto)
    assert "otra persona está registrando" in fallos[0].mensaje
    assert registrar(otro, {FICHA: b"segundo"}) == repo.cabeza()


def test_alguien_mueve_main_en_medio(repo: Repositorio, terminal: Terminal) -> None:
    """Quien usa git a mano no respeta el candado: el valor anterior protege, y su trabajo no se pierde."""
    ajenos: list[str] = []

    def entrometido(paso: str) -> None:
        if paso == "contenidos" and not ajenos:
            terminal("commit", "-q", "--allow-empty", "-m", "a mano")
            ajenos.append(terminal("rev-parse", "main").strip())

    otro = Repositorio.abrir(repo.raiz, entrometido)
    with pytest.raises(Conflicto, match="otro programa escribió"):
        registrar(otro, {FICHA: b"x"}, contenidos={OFICIO: b"pdf"})
    assert repo.cabeza() == ajenos[0]
    assert not (repo.raiz / OFICIO).exists()
    assert repo.leer(FICHA) == b"{}\n"
    exigir_sano(repo.raiz)
    with otro.escritura() as escritor:  # después de la hora del intruso: la historia no retrocede
        despues = cambio({FICHA: b"x"})._replace(instante=datetime.now(UTC) + timedelta(minutes=1))
        assert escritor.registrar(despues) == repo.cabeza()


def test_alguien_escribio_por_fuera_con_un_acto_a_medias(repo: Repositorio, terminal: Terminal) -> None:
    class CorteDeLuzError(BaseException):
        pass

    def corte(paso: str) -> None:
        if paso == "diario":
            raise CorteDeLuzError

    with pytest.raises(CorteDeLuzError):
        registrar(Repositorio.abrir(repo.raiz, corte), {FICHA: b"x"})
    terminal("commit", "-q", "--allow-empty", "-m", "a mano")
    antes = foto(repo.raiz)
    with pytest.raises(IntegridadRota, match="alguien escribió por fuera"):
        registrar(repo, {FICHA: b"y"})
    assert foto(repo.raiz) == antes


def test_archivo_cambiado_por_fuera(repo: Repositorio) -> None:
    (repo.raiz / DOCX).write_bytes(b"tocado a mano")
    antes = foto(repo.raiz)
    with pytest.raises(Conflicto, match="cambiaron por fuera") as negativa:
        registrar(repo, {FICHA: b"x", DOCX: b"version 2"})
    assert [problema.lugar for problema in negativa.value.problemas] == [DOCX]
    assert foto(repo.raiz) == antes
    registrar(repo, {FICHA: b"x"})  # lo ajeno a otro archivo no estorba
    assert (repo.raiz / DOCX).read_bytes() == b"tocado a mano"


def test_archivo_sin_registrar_en_el_lugar_de_uno_nuevo(repo: Repositorio) -> None:
    (repo.raiz / CARPETA / "nuevo.docx").write_bytes(b"de alguien")
    with pytest.raises(Conflicto):
        registrar(repo, {f"{CARPETA}/nuevo.docx": b"del sistema"})
    assert (repo.raiz / CARPETA / "nuevo.docx").read_bytes() == b"de alguien"


def test_etiqueta_que_ya_existe(repo: Repositorio, terminal: Terminal) -> None:
    terminal("tag", "PR-GT-01/v01")
    antes = foto(repo.raiz)
    with pytest.raises(IntegridadRota, match="la marca de esa versión ya existe"):
        registrar(repo, {FICHA: b"x"}, etiquetas=lambda oid: {"PR-GT-01/v01": etiqueta("PR-GT-01/v01", oid)})
    assert foto(repo.raiz) == antes


def test_evidencia_que_ya_existe_con_otros_bytes(repo: Repositorio) -> None:
    registrar(repo, {FICHA: b"1"}, contenidos={OFICIO: b"primero"})
    antes = foto(repo.raiz)
    nueva = f"{CARPETA}/evidencias/a.pdf"
    with pytest.raises(Conflicto, match="ya hay otra evidencia"):
        registrar(repo, {FICHA: b"2"}, contenidos={nueva: b"se deshace", OFICIO: b"segundo"})
    assert foto(repo.raiz) == antes
    exigir_sano(repo.raiz)


def test_traba_muerta_de_un_git_interrumpido(repo: Repositorio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recuperacion, "PACIENCIA", 0.1)
    for traba in ("index.lock", "HEAD.lock", "refs/heads/main.lock", "packed-refs.lock"):
        (repo.raiz / ".git" / traba).touch()
    registrar(repo, {FICHA: b"x"})
    exigir_sano(repo.raiz)


def test_diario_ilegible(repo: Repositorio) -> None:
    (repo.raiz / ".git/sgc/diario.json").write_text('{"esquema": 1')
    with pytest.raises(IntegridadRota, match="no se puede leer"):
        registrar(repo, {FICHA: b"x"})


# --- disco


@pytest.fixture
def disco_chico(tmp_path: Path) -> Iterator[Path]:
    punto = tmp_path / "disco"
    punto.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", punto], check=True)
    yield punto
    subprocess.run(["umount", punto], check=True)


@es_root
def test_carpeta_de_solo_lectura(disco_chico: Path) -> None:
    repositorio = nuevo_repositorio(disco_chico / "sgc")
    antes = foto(repositorio.raiz)
    subprocess.run(["mount", "-o", "remount,ro", disco_chico], check=True)
    assert repositorio.leer(FICHA) == b"{}\n"
    with pytest.raises(NoSePudoEscribir, match="no se pudo escribir"):
        registrar(repositorio, {FICHA: b"x"})
    assert foto(repositorio.raiz) == antes


@es_root
@pytest.mark.parametrize("donde", ["objetos", "diario", "contenidos", "trabajo"])
def test_disco_lleno(disco_chico: Path, donde: str) -> None:
    """Se llena en cada tramo: antes de `main` nada cambió; después el acto vale y se termina con espacio."""
    raiz = nuevo_repositorio(disco_chico / "sgc").raiz
    relleno = disco_chico / "relleno"
    previo = {"objetos": "", "diario": "objetos", "contenidos": "diario", "trabajo": "etiquetas"}[donde]

    def llenar(paso: str = "") -> None:
        if paso == previo:
            with relleno.open("wb", buffering=0) as archivo, suppress(OSError):
                while True:
                    archivo.write(b"x" * 4096)

    repositorio = Repositorio.abrir(raiz, llenar)
    antes, cabeza = foto(raiz), repositorio.cabeza()
    nuevos = {"archivos": {FICHA: os.urandom(9000), DOCX: None}, "contenidos": {OFICIO: os.urandom(9000)}}
    if donde == "trabajo":
        assert registrar(repositorio, **nuevos) == repositorio.cabeza() != cabeza
        assert {pendiente.causa for pendiente in repositorio.pendientes()} == {"sin_escribir"}
    else:
        with repositorio.escritura() as escritor:
            llenar()
            with pytest.raises(NoSePudoEscribir):
                escritor.registrar(cambio(**nuevos))
        assert foto(raiz) == antes
    relleno.unlink()
    otro = Repositorio.abrir(raiz)
    otro.recuperar()
    exigir_sano(raiz)
    assert otro.pendientes() == ()
    assert registrar(otro, {FICHA: b"sigue"}) == otro.cabeza()


# --- historia dañada


def cambiar(archivo: Path, datos: bytes) -> None:
    archivo.chmod(0o644)
    archivo.write_bytes(datos)


@pytest.mark.parametrize("dano", ["alterado", "vacio", "ausente", "cambiado por otro"])
def test_objeto_que_no_es_el_registrado(repo: Repositorio, dano: str) -> None:
    registrar(repo, {FICHA: b"verdadera " * 30})
    oid, otro = repo.listar()[FICHA], repo.listar()[DOCX]
    archivo = suelto(repo.raiz, oid)
    sano = archivo.read_bytes()
    if dano == "alterado":
        cambiar(archivo, sano[:20] + bytes([sano[20] ^ 1]) + sano[21:])
    elif dano == "vacio":
        cambiar(archivo, b"")
    elif dano == "ausente":
        archivo.unlink()
    else:
        cambiar(archivo, suelto(repo.raiz, otro).read_bytes())
    with pytest.raises(IntegridadRota, match="un dato de la historia"):
        repo.leer(FICHA)
    assert repo.leer(DOCX) == b"version 1"
    assert repo.revisar_objetos()


@pytest.mark.parametrize("tipo", ["tree", "commit"])
def test_carpeta_o_eslabon_cambiados_por_otro(repo: Repositorio, terminal: Terminal, tipo: str) -> None:
    registrar(repo, {FICHA: b"2"})
    nuevo, viejo = ("main^{tree}", "main~1^{tree}") if tipo == "tree" else ("main~1", "main~2")
    nuevo, viejo = (terminal("rev-parse", nombre).strip() for nombre in (nuevo, viejo))
    cambiar(suelto(repo.raiz, nuevo), suelto(repo.raiz, viejo).read_bytes())
    with pytest.raises(IntegridadRota):
        repo.leer(FICHA) if tipo == "tree" else list(repo.bitacora())


def test_eslabon_ausente(repo: Repositorio) -> None:
    registrar(repo, {FICHA: b"2"})
    suelto(repo.raiz, list(repo.bitacora())[1].oid).unlink()
    for leer in (repo.bitacora, repo.diferencias):
        with pytest.raises(IntegridadRota):
            list(leer())


def test_historia_recortada_despues_de_una_cabeza_conocida(repo: Repositorio, terminal: Terminal) -> None:
    conocida = registrar(repo, {FICHA: b"2"})
    terminal("update-ref", "refs/heads/main", "main~1")
    registrar(repo, {"sgc.yaml": b"otra historia"})
    assert len(list(repo.bitacora())) == 3
    with pytest.raises(IntegridadRota, match="no es una sola línea"):
        list(repo.bitacora(desde=conocida))


def test_historia_que_no_es_una_linea(repo: Repositorio, terminal: Terminal) -> None:
    terminal("checkout", "-q", "-b", "otra", "main~1")
    terminal("commit", "-q", "--allow-empty", "-m", "otra")
    terminal("checkout", "-q", "main")
    terminal("merge", "-q", "--no-ff", "otra", "-m", "mezcla")
    with pytest.raises(IntegridadRota, match="mal formado"):
        list(repo.bitacora())


def test_grafo_que_miente(repo: Repositorio, tmp_path: Path) -> None:
    """El grafo es una caché: si dice otros padres, los bytes de cada eslabón lo desmienten."""
    for numero in range(4):
        registrar(repo, {FICHA: b"%d" % numero})
    repo.mantener(forzar=True)
    grafo = next((repo.raiz / ".git/objects/info/commit-graphs").glob("*.graph"))
    datos = bytearray(grafo.read_bytes())
    cadena = [commit.oid for commit in repo.bitacora()]
    orden = sorted(cadena)
    inicio = datos.find(bytes.fromhex(repo.leer_objeto(cadena[-1])[1][5:45].decode()))
    padre = inicio + 20
    datos[padre : padre + 4] = orden.index(cadena[1]).to_bytes(4, "big")  # se salta los del medio
    cambiar(grafo, bytes(datos))
    with pytest.raises(IntegridadRota, match="no es una sola línea"):
        list(repo.bitacora())


def test_copiar_la_carpeta_la_deja_funcionando(repo: Repositorio, tmp_path: Path) -> None:
    shutil.copytree(repo.raiz, tmp_path / "copia")
    assert registrar(Repositorio.abrir(tmp_path / "copia"), {FICHA: b"x"}) != repo.cabeza()


def test_en_windows_la_carpeta_deja_lugar_a_las_rutas_de_adentro() -> None:
    larga = PureWindowsPath("C:\\") / ("carpeta" * 20)
    with pytest.raises(UsoIncorrecto, match="tiene 143 caracteres"):
        exigir_ruta_corta(larga, windows=True)
    exigir_ruta_corta(larga, windows=False)
    exigir_ruta_corta(PureWindowsPath("C:\\sgc"), windows=True)
