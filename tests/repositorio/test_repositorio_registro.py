"""Registrar y leer: un acto es un eslabón, y lo leído es lo escrito."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from motor_de_prueba import (
    BORRADOR,
    CARPETA,
    CONTROL,
    DOCX,
    FICHA,
    HORA,
    JEFATURA,
    OFICIO,
    cambio,
    etiqueta,
    exigir_sano,
    nuevo_repositorio,
    registrar,
)

from sgc_gt.errores import EntradaInvalida, UsoIncorrecto
from sgc_gt.repositorio import git as puerta
from sgc_gt.repositorio.persona import persona
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.repositorio.valores import Ajeno, Cambio, Firma

Terminal = Callable[..., str]


def test_un_acto_es_un_eslabon(repo: Repositorio, terminal: Terminal) -> None:
    antes = repo.cabeza()
    oid = registrar(
        repo, {FICHA: b'{"n": 1}\n', DOCX: None, BORRADOR: b"x"}, mensaje="Envía\n\nActo: enviar\n"
    )
    assert repo.cabeza() == oid == terminal("rev-parse", "HEAD").strip()
    ultimo = list(repo.bitacora())[-1]
    assert (ultimo.oid, ultimo.padre, ultimo.autor, ultimo.registra) == (oid, antes, JEFATURA, CONTROL)
    assert (ultimo.fecha, ultimo.mensaje, ultimo.firma) == (HORA, "Envía\n\nActo: enviar\n", None)
    assert repo.diferencia(oid).keys() == {FICHA, DOCX, BORRADOR}
    assert (repo.raiz / FICHA).read_bytes() == repo.leer(FICHA) == b'{"n": 1}\n'
    assert not (repo.raiz / DOCX).exists()
    assert repo.leer(DOCX) is None
    assert repo.leer(DOCX, antes) == b"version 1"
    exigir_sano(repo.raiz)


def test_varios_actos_bajo_un_candado(repo: Repositorio) -> None:
    with repo.escritura() as escritor:
        rige = escritor.registrar(cambio({FICHA: b"rige\n"}))
        assert escritor.base == rige
        acto = escritor.registrar(cambio({FICHA: b"acto\n"}))
    assert [c.oid for c in repo.bitacora(desde=rige)] == [acto]
    exigir_sano(repo.raiz)


def test_crear_deja_lo_necesario(tmp_path: Path, terminal: Terminal) -> None:
    raiz = tmp_path / "carpeta" / "nueva"
    repositorio = nuevo_repositorio(raiz)
    assert [commit.padre is None for commit in repositorio.bitacora()] == [True, False]
    assert sorted(ruta.name for ruta in raiz.parent.iterdir()) == ["nueva"]
    assert persona(raiz) == CONTROL
    assert (raiz / ".git/info/attributes").read_text() == "* -text -merge\n*.docx diff=docx\n"
    exigir_sano(raiz)


def test_crear_en_carpeta_vacia_pero_no_en_una_ocupada(tmp_path: Path) -> None:
    (tmp_path / "sgc").mkdir()
    nuevo_repositorio(tmp_path / "sgc")
    with pytest.raises(UsoIncorrecto, match="ya existe y tiene archivos"):
        nuevo_repositorio(tmp_path / "sgc")


def test_etiqueta_en_el_mismo_acto(repo: Repositorio, terminal: Terminal) -> None:
    nombre = "PR-GT-01/v01"
    oid = registrar(repo, {FICHA: b"e\n"}, etiquetas=lambda oid: {nombre: etiqueta(nombre, oid)})
    marca, tipo = repo.etiquetas()[nombre]
    assert tipo == "tag"
    assert repo.leer_objeto(marca) == ("tag", etiqueta(nombre, oid))
    assert terminal("rev-parse", f"{nombre}^{{commit}}").strip() == oid


def test_etiqueta_liviana_o_movida_se_nota(repo: Repositorio, terminal: Terminal) -> None:
    nombre = "PR-GT-01/v01"
    oid = registrar(repo, {FICHA: b"e\n"}, etiquetas=lambda oid: {nombre: etiqueta(nombre, oid)})
    buena = repo.etiquetas()[nombre]
    terminal("tag", "-f", nombre, f"{oid}~1")
    assert repo.etiquetas()[nombre] == (terminal("rev-parse", f"{oid}~1").strip(), "commit") != buena


def test_listar_por_carpeta(repo: Repositorio) -> None:
    registrar(repo, {"documentos/GT2/X-1/ficha.json": b"1"})
    assert set(repo.listar("documentos/GT")) == {FICHA, DOCX}
    assert set(repo.listar("documentos")) == {FICHA, DOCX, "documentos/GT2/X-1/ficha.json"}
    assert repo.listar("no/existe") == {}


def test_leer_varios_de_muchas_tandas(repo: Repositorio) -> None:
    archivos = {f"documentos/A{n % 3}/D-{n:03}/ficha.json": b"%d" % n for n in range(150)}
    registrar(repo, archivos)
    assert repo.leer_varios([*archivos, "documentos/A9/nada", CARPETA]) == archivos


def test_bitacora_de_un_documento(repo: Repositorio) -> None:
    registrar(repo, {"sgc.yaml": b"esquema: 2\n"})
    acto = registrar(repo, {FICHA: b"2\n"})
    assert [c.oid for c in repo.bitacora(CARPETA)] == [list(repo.bitacora())[1].oid, acto]


def test_diferencias_de_toda_la_cadena(repo: Repositorio) -> None:
    registrar(repo, {DOCX: None, BORRADOR: b"nuevo"})
    registrar(repo, {BORRADOR: b"nuevo"})  # nada cambia: también es un eslabón
    cadena = list(repo.diferencias())
    assert [oid for oid, _ in cadena] == [c.oid for c in repo.bitacora()]
    assert [cambios for _, cambios in cadena] == [repo.diferencia(oid) for oid, _ in cadena]
    assert cadena[-1][1] == {}


def test_instantes_con_zona(repo: Repositorio) -> None:
    hora = datetime(2026, 5, 4, 9, 30, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))
    with repo.escritura() as escritor:
        escritor.registrar(Cambio("a\n", Firma("José Ñandú", "j@s.cl"), CONTROL, hora, {FICHA: b"z"}))
    leido = list(repo.bitacora())[-1]
    assert (leido.fecha, leido.fecha.utcoffset()) == (hora, hora.utcoffset())
    assert leido.autor.nombre == "José Ñandú"


@pytest.mark.parametrize(
    "malo",
    [
        cambio({FICHA: b""}, mensaje="con\rretorno"),
        cambio({FICHA: b""}, mensaje=" \n"),
        cambio({FICHA: b""})._replace(autor=Firma("A\nparent x", "a@b")),
        cambio({FICHA: b""})._replace(autor=Firma("A <x>", "a@b")),
        cambio({FICHA: b""})._replace(instante=HORA.replace(tzinfo=None)),
        cambio({FICHA: b""}, etiquetas=lambda oid: {"v1": etiqueta("v2", oid)}),
    ],
)
def test_un_acto_mal_armado_no_escribe_nada(repo: Repositorio, malo: Cambio) -> None:
    antes = repo.cabeza()
    with repo.escritura() as escritor, pytest.raises(ValueError):
        escritor.registrar(malo)
    assert repo.cabeza() == antes
    exigir_sano(repo.raiz)


@pytest.mark.parametrize(
    "ruta",
    [
        "../x",
        "/x",
        "a//b",
        "-rf.docx",
        ".git/config",
        "a/.GIT/x",
        "CON.docx",
        "a/aux",
        "punto.",
        "é.docx",
        "a b",
        "",
        "documentos/gt/PR-GT-01/x",
        f"{CARPETA}/FICHA.json",
        f"{FICHA}/dentro",
        f"{FICHA}/x/ficha.json",
        "a" * 130,
        OFICIO,
    ],
)
def test_rutas_que_no_sirven_en_todos_los_equipos(repo: Repositorio, ruta: str) -> None:
    antes = repo.cabeza()
    with pytest.raises(EntradaInvalida):
        registrar(repo, {ruta: b"x"})
    assert repo.cabeza() == antes


@pytest.mark.parametrize(
    "archivos",
    [
        {CARPETA: b"x"},
        {CARPETA: None},
        {"a/b": b"1", "a/b/c": b"2"},
        {"a/x": b"1", "A/y": b"2"},
        {"a/x": b"1", "a/X": b"2"},
    ],
)
def test_choques_dentro_de_un_acto(repo: Repositorio, archivos: dict[str, bytes | None]) -> None:
    antes = repo.listar()
    with pytest.raises(EntradaInvalida):
        registrar(repo, archivos)
    assert repo.listar() == antes


def test_costo_de_un_acto(repo: Repositorio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cuatro procesos y solo los objetos que cambian, con mil documentos como con uno."""
    registrar(repo, {f"documentos/A{n % 7}/D-{n:04}/ficha.json": b"%d" % n for n in range(1000)})
    objetos = set((repo.raiz / ".git/objects").glob("??/*"))
    procesos: list[object] = []
    lanzar = subprocess.Popen
    monkeypatch.setattr(puerta.subprocess, "Popen", lambda *a, **k: procesos.append(a) or lanzar(*a, **k))
    registrar(repo, {FICHA: b"otra\n", DOCX: b"otro"})
    assert len(procesos) == 4  # cat-file, unpack-objects, update-ref, update-index
    nuevos = set((repo.raiz / ".git/objects").glob("??/*")) - objetos
    assert len(nuevos) == 2 + 4 + 1  # archivos, carpetas (raíz, documentos, GT, PR-GT-01), eslabón


def test_consultar_no_carga_lo_pesado() -> None:
    orden = (
        "import sys, sgc_gt.repositorio.repositorio; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    )
    hecho = subprocess.run(
        [sys.executable, "-c", orden], capture_output=True, text=True, check=True, cwd=RAIZ
    )
    assert not {"git", "filelock", "click", "asyncio", "lxml", "docx"} & set(hecho.stdout.split())


RAIZ = Path(__file__).resolve().parents[2]


def test_entorno_ajeno_no_influye(repo: Repositorio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ni variables heredadas de un gancho, ni la configuración de la persona, ni ganchos del repositorio."""
    ganchos = repo.raiz / ".git/hooks"
    ganchos.mkdir()
    (ganchos / "reference-transaction").write_text("#!/bin/sh\nexit 1\n")
    (ganchos / "reference-transaction").chmod(0o755)
    suya = tmp_path / "gitconfig"
    suya.write_text("[core]\n\tautocrlf = true\n\tquotePath = true\n[commit]\n\tgpgsign = true\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(suya))
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "indice"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "objetos"))
    otro = Repositorio.abrir(repo.raiz)
    assert registrar(otro, {DOCX: b"a\r\nb\n"}) == otro.cabeza()
    assert otro.leer(DOCX) == (repo.raiz / DOCX).read_bytes() == b"a\r\nb\n"
    assert not (tmp_path / "indice").exists()


def test_persona_del_equipo(repo: Repositorio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suya = tmp_path / "gitconfig"
    suya.write_text("[user]\n\tname = De la persona\n\temail = suya@servicio.cl\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(suya))
    assert persona(repo.raiz) == CONTROL  # la del repositorio manda
    subprocess.run(["git", "config", "--remove-section", "user"], cwd=repo.raiz, check=True)
    assert persona(repo.raiz) == Firma("De la persona", "suya@servicio.cl")
    suya.write_text("")
    assert persona(repo.raiz) is None


def test_mantener_no_cambia_nada_de_lo_que_se_lee(repo: Repositorio) -> None:
    for numero in range(12):
        registrar(
            repo,
            {FICHA: b"%d" % numero},
            etiquetas=lambda oid, n=numero: {f"D/v{n}": etiqueta(f"D/v{n}", oid)},
        )
    foto = [list(repo.bitacora()), list(repo.diferencias()), repo.etiquetas(), repo.listar()]
    assert not repo.mantener()  # pocos objetos: no hace falta
    assert repo.mantener(forzar=True)
    assert not list((repo.raiz / ".git/objects").glob("[0-9a-f][0-9a-f]/*"))
    assert [list(repo.bitacora()), list(repo.diferencias()), repo.etiquetas(), repo.listar()] == foto
    registrar(repo, {FICHA: b"sigue"})
    assert repo.mantener(forzar=True)
    assert [c.oid for c in repo.bitacora(CARPETA)][-1] == repo.cabeza()
    exigir_sano(repo.raiz)


def test_mantener_decide_solo(repo: Repositorio) -> None:
    muestra = repo.raiz / ".git/objects/17"
    muestra.mkdir(exist_ok=True)
    hechos = 0
    while len(list(muestra.iterdir())) < 8:
        subprocess.run(
            ["git", "hash-object", "-w", "--stdin-paths"],
            input="\n".join(str(crear(repo.raiz.parent / f"s{hechos}-{n}")) for n in range(400)).encode(),
            cwd=repo.raiz,
            check=True,
            capture_output=True,
        )
        hechos += 1
    assert repo.mantener()
    assert not repo.cambios_ajenos()


def crear(archivo: Path) -> Path:
    archivo.write_text(archivo.name)
    return archivo


def test_cambios_ajenos(repo: Repositorio) -> None:
    registrar(repo, {BORRADOR: b"borrador", "sgc.yaml": b"s"}, contenidos={OFICIO: b"pdf"})
    assert repo.cambios_ajenos() == repo.cambios_ajenos(completo=True) == []
    (repo.raiz / BORRADOR).write_bytes(b"lo edita su dueno")
    (repo.raiz / DOCX).write_bytes(b"tocado")
    (repo.raiz / "sgc.yaml").unlink()
    (repo.raiz / CARPETA / "nuevo.txt").write_bytes(b"?")
    esperado = {Ajeno(DOCX, "modificado"), Ajeno("sgc.yaml", "falta"), Ajeno(f"{CARPETA}/nuevo.txt", "sobra")}
    assert set(repo.cambios_ajenos()) == set(repo.cambios_ajenos(completo=True)) == esperado
    assert repo.cambios_ajenos([FICHA, BORRADOR]) == []
    assert repo.cambios_ajenos([DOCX]) == [Ajeno(DOCX, "modificado")]


def test_cambios_ajenos_completo_no_cree_en_el_indice(repo: Repositorio, terminal: Terminal) -> None:
    terminal("update-index", "--assume-unchanged", DOCX)
    (repo.raiz / DOCX).write_bytes(b"tocado!")
    assert repo.cambios_ajenos() == []
    assert repo.cambios_ajenos(completo=True) == [Ajeno(DOCX, "modificado")]
