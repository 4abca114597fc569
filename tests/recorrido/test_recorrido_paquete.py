"""El paquete de auditoría: lo que se entrega se comprueba con sha256sum y git, sin este sistema."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from casa import Casa, Reloj, revisar_lengua
from hypothesis import given
from hypothesis import strategies as st
from navegador import auditar as accesible

from sgc_gt.consultas.muestra import elegir
from sgc_gt.repositorio.repositorio import Repositorio

FIN = "31-12-2024"
ENLACE = re.compile(r'href="([^"]+)"')


@pytest.fixture
def auditado(anio: Path, reloj: Reloj) -> Casa:
    """El año de demostración, sin copiarlo: auditar no escribe."""
    return Casa(anio, reloj)


def correr(*orden: str, en: Path) -> str:
    """Lo que un programa cualquiera del equipo responde; falla si no termina bien."""
    return subprocess.run(orden, cwd=en, capture_output=True, text=True, check=True).stdout


def rotos(pagina: Path) -> list[str]:
    """Los enlaces de una página que no llevan a un archivo, o a una parte de ella misma."""
    texto = pagina.read_text("utf-8")
    return [
        enlace
        for enlace in map(unescape, ENLACE.findall(texto))
        if not (
            f'id="{enlace[1:]}"' in texto if enlace.startswith("#") else (pagina.parent / enlace).is_file()
        )
    ]


@pytest.mark.lento
def test_el_paquete_se_comprueba_sin_este_sistema(auditado: Casa, tmp_path: Path) -> None:
    paquete = tmp_path / "llevar"
    salida = auditado.orden(f"auditar --fecha {FIN} -o {paquete}")
    assert salida.codigo == 1, "la demostración tiene cláusulas con alertas"
    [(hechos, todos)] = re.findall(r"^Expedientes: (\d+) de (\d+)…$", salida.avisos, re.MULTILINE)[-1:]
    assert hechos == todos
    vacia = tmp_path / "vacia"
    shutil.unpack_archive(paquete.with_suffix(".zip"), vacia)
    resultado = correr("sha256sum", "-c", "--strict", "SHA256SUMS", en=vacia)
    archivos = {a.relative_to(vacia).as_posix() for a in vacia.rglob("*") if a.is_file()}
    assert {linea.removesuffix(": OK") for linea in resultado.splitlines()} == archivos - {"SHA256SUMS"}
    anotado = hashlib.sha256((vacia / "SHA256SUMS").read_bytes()).hexdigest()
    assert f"Anote aparte el sha256 de SHA256SUMS: {anotado}" in salida.avisos

    leame = (vacia / "LEAME.txt").read_text("utf-8")
    escritas = dict(re.findall(r"^   (git (?!.*RUTA).+?)(?:  +(.*))?$", leame, re.MULTILINE))
    dichas = {
        orden: correr(*orden.split(), en=vacia).strip() for orden in escritas
    }  # como las leería cualquiera
    clon = tmp_path / "servicio"
    cabeza = dichas["git -C ../servicio rev-parse HEAD"]
    ancla = f"{dichas['git -C ../servicio rev-list --count HEAD']}-{cabeza[:12]}"
    assert escritas["git -C ../servicio rev-list --count HEAD"] == f"debe decir {ancla.partition('-')[0]}"
    assert dichas["git -C ../servicio fsck --full"] == ""
    assert cabeza == auditado.cabeza()
    assert all(ancla in texto for texto in (leame, (vacia / "index.html").read_text("utf-8")))
    dicho = f"istoria repetida completa: {ancla.partition('-')[0]} movimientos, correcta"
    assert all(dicho in texto for texto in (leame, (vacia / "index.html").read_text("utf-8"), salida.avisos))
    assert all(dicho in e.read_text("utf-8") for e in (vacia / "expedientes").iterdir())
    assert set(correr("git", "tag", en=clon).split()) == auditado.etiquetas()
    for archivo in (vacia / "vigentes").iterdir():
        [original] = clon.glob(f"documentos/*/*/{archivo.name}")
        assert original.read_bytes() == archivo.read_bytes()

    assert [rotos(vacia / p) for p in ("index.html", "hallazgos.html")] == [[], []]
    paginas = {a.name for a in (vacia / "expedientes").iterdir()}
    assert {"PR-FOM-03.html", "RG-SGC-05_2024_001.html"} <= paginas
    assert len(paginas) == len(list(clon.rglob("ficha.json")))
    for linea in leame.splitlines():
        if not re.search(r"git|sha256|JSON|json|Get-|\$", linea):
            revisar_lengua(" ".join(linea.split()))


def test_el_paquete_es_igual_si_nada_cambia_y_no_pisa_lo_ajeno(
    auditado: Casa, llevada: Path, tmp_path: Path, casa: Casa
) -> None:
    uno, otro = tmp_path / "uno", tmp_path / "otro"
    shutil.copytree(llevada / "llevar", uno)
    shutil.copy(llevada / "llevar.zip", uno.with_suffix(".zip"))
    copia = auditado.copia(tmp_path / "copia")
    correr("git", "gc", "-q", en=copia.raiz)  # lo que git comprima de otro modo no cambia el paquete
    copia.orden(f"auditar --fecha {FIN} --documentos fo-gt-06 -o {otro}")
    assert uno.with_suffix(".zip").read_bytes() == otro.with_suffix(".zip").read_bytes()
    assert [p.name for p in (uno / "expedientes").iterdir()] == ["FO-GT-06.html"]
    assert [p.name for p in (uno / "vigentes").iterdir()] == ["FO-GT-06_v01.xlsx"]
    assert rotos(uno / "index.html") == []

    (uno / "vigentes" / "Thumbs.db").write_bytes(b"lo deja el explorador")
    casa.orden(f"auditar -o {uno}")  # un paquete anterior se reemplaza entero
    assert "PR-FOM-01.html" in {p.name for p in (uno / "expedientes").iterdir()}
    assert not (uno / "vigentes" / "FO-GT-06_v01.xlsx").exists()
    (uno / "mis notas.txt").write_text("no las pierda")
    antes = sorted(a for a in tmp_path.iterdir() if a.name != "copia")
    casa.negada(f"auditar -o {uno}", codigo=2, dice="no son de un paquete de auditoría")
    (tmp_path / "nuevo.zip").write_text("otra cosa")
    casa.negada(f"auditar -o {tmp_path / 'nuevo'}", codigo=2, dice="no es un paquete de auditoría")
    casa.negada(f"auditar -o '{uno / 'mis notas.txt'}'", codigo=2, dice="ahí hay un archivo")
    assert (uno / "mis notas.txt").read_text() == "no las pierda"
    assert sorted(a for a in tmp_path.iterdir() if a.name not in ("copia", "nuevo.zip")) == antes


def test_si_el_zip_no_se_puede_poner_nada_cambia(
    casa: Casa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paquete = tmp_path / "llevar"
    casa.orden(f"auditar -o {paquete}")
    antes = {a: a.read_bytes() for a in tmp_path.rglob("*") if a.is_file() and casa.raiz not in a.parents}
    mover = Path.rename

    def abierto_por_otro(origen: Path, destino: Path) -> Path:
        if Path(destino) == paquete.with_suffix(".zip") and origen.parent.name != "anterior":
            raise PermissionError(13, "lo tiene otro programa")
        return mover(origen, destino)

    casa.hace("externo verificar EX-01")  # para que el paquete nuevo sea otro
    monkeypatch.setattr(Path, "rename", abierto_por_otro)
    casa.negada(f"auditar -o {paquete}", codigo=1, dice="no se pudo dejar el paquete")
    despues = {a: a.read_bytes() for a in tmp_path.rglob("*") if a.is_file() and casa.raiz not in a.parents}
    assert despues == antes

    # Y si en ese momento tampoco se puede devolver el anterior, no se pierde: se dice dónde está.
    def tampoco_vuelve(origen: Path, destino: Path) -> Path:
        if Path(destino) == paquete.with_suffix(".zip"):
            raise PermissionError(13, "lo tiene otro programa")
        return mover(origen, destino)

    monkeypatch.setattr(Path, "rename", tampoco_vuelve)
    error = casa.negada(f"auditar -o {paquete}", codigo=1, dice="el anterior no pudo volver a su lugar")
    [apartado] = tmp_path.glob(".llevar.*/anterior/llevar.zip")
    assert str(apartado.parent) in error["hacer"]
    assert apartado.read_bytes() == antes[paquete.with_suffix(".zip")]
    assert {a: a.read_bytes() for a in paquete.rglob("*") if a.is_file()}.items() <= antes.items()


def test_la_bitacora_de_todas_las_fichas_de_una_vez_es_la_de_cada_una(auditado: Casa) -> None:
    repo = Repositorio.abrir(auditado.raiz)
    rutas = [r for r in repo.listar() if r.endswith("/ficha.json")]
    de_a_una = {r: list(repo.bitacora(r)) for r in rutas}
    with repo.por_ficha():
        assert {r: list(repo.bitacora(r)) for r in rutas} == de_a_una
        assert list(repo.bitacora("registros/sistema.json")), (
            "lo que no es una ficha se pregunta como siempre"
        )
    assert len(rutas) == len(list(auditado.raiz.rglob("ficha.json"))) > 50


def test_la_muestra_es_de_quien_la_pide_y_se_rehace_a_mano(auditado: Casa) -> None:
    hecha = auditado.hace(f"auditar --fecha {FIN} --muestra 5 --semilla visita-7")
    vivos = [
        f["codigo"]
        for f in auditado.hace(f"estado --fecha {FIN}")
        if f["estado"] in ("vigente", "archivado", "en_disposicion")
    ]
    a_mano = sorted(vivos, key=lambda c: hashlib.sha256(f"visita-7 {c}".encode()).hexdigest())[:5]
    assert [m["codigo"] for m in hecha["muestra"]] == sorted(a_mano)
    assert (hecha["poblacion"], hecha["semilla"]) == (len(set(vivos)), "visita-7")
    assert all(
        m["estado"] in ("recuperado", "en_otro_lugar") and m["segundos"] >= 0 for m in hecha["muestra"]
    )
    toda = auditado.dice(f"auditar --fecha {FIN} --muestra 99")
    assert "RG-GT-04/2024/001, «Medición de indicadores, primer trimestre»" in toda
    assert "vive en otro lugar: SIG, tablero de indicadores" in toda
    for linea in toda.splitlines():
        revisar_lengua(linea)


@given(
    st.sets(st.text("ABC-0123456789/", min_size=1, max_size=8), max_size=30),
    st.integers(1, 35),
    st.text(max_size=6),
)
def test_pedir_mas_muestra_conserva_la_anterior(codigos: set[str], cuantos: int, semilla: str) -> None:
    muestra = elegir(codigos, cuantos, semilla)
    assert muestra == sorted(muestra) == elegir(sorted(codigos, reverse=True), cuantos, semilla)
    assert len(muestra) == min(cuantos, len(codigos))
    assert set(muestra) <= set(elegir(codigos, cuantos + 1, semilla)) <= codigos


def test_el_informe_de_preparacion_dice_lo_hallado_y_lo_que_no_se_pudo_mirar(auditado: Casa) -> None:
    salida = auditado.orden(f"auditar --fecha {FIN} --hallazgos")
    estados = {r["id"]: r["estado"] for r in salida.valor}
    assert salida.codigo == 1
    assert len(estados) == 37
    assert {i for i, e in estados.items() if e == "con_hallazgo"} == {"N-01", "N-20", "N-31", "N-33"}
    texto = auditado.orden(f"auditar --fecha {FIN} --hallazgos", json=False).texto
    cuantos = Counter(estados.values())
    dicho = "{con_hallazgo} con hallazgo, {sin_datos} sin datos, {sin_hallazgo} sin hallazgo, {prevenido} prevenidos"
    assert dicho.format(**cuantos) in texto
    assert "Sin datos. Lo que nadie pudo mirar aquí" in texto
    assert "«Prevenido» vale si la historia está íntegra" in texto.splitlines()[-1]
    for linea in texto.splitlines():
        revisar_lengua(linea)


@pytest.mark.parametrize(
    ("pedido", "dice"),
    [
        ("--hallazgos --clausula 7.5", "el informe de preparación va solo"),
        ("--hallazgos -o x", "el paquete (-o) ya lo trae"),
        ("--muestra 3 --clausula 7.5", "una muestra no va con una cláusula"),
        ("--documentos PR-FOM-03", "los códigos se eligen para el paquete"),
        ("--documentos PR-FOM-03 --muestra 2 -o x", "y sin muestra"),
        ("--semilla x", "la semilla es de una muestra"),
        ("--documentos PR-FOM-99 -o x", "el código PR-FOM-99 no existe"),
    ],
)
def test_lo_que_no_va_junto_se_dice(auditado: Casa, pedido: str, dice: str, tmp_path: Path) -> None:
    auditado.negada(f"auditar {pedido.replace('-o x', f'-o {tmp_path / chr(120)}')}", codigo=2, dice=dice)
    assert not (tmp_path / "x").exists()


@pytest.mark.navegador
def test_el_indice_y_el_informe_son_accesibles(llevada: Path, tmp_path: Path) -> None:
    for nombre in ("index.html", "hallazgos.html"):
        hallado = accesible((llevada / "llevar" / nombre).read_text("utf-8"), tmp_path)
        assert (hallado["fallas"], hallado["revisadas"] > 10) == ([], True), nombre
