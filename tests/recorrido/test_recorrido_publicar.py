"""`publicar` como lo ve quien abre la carpeta compartida: lo que rige, y nada más."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from casa import ACTA, Casa
from navegador import abierta, auditar

from sgc_gt.ordenes import salida

V01, V02 = "documentos/PR-FOM-01_v01.docx", "documentos/PR-FOM-01_v02.docx"


@pytest.fixture
def sin_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Un equipo en que solo está git: publicar en Word cuesta milisegundos."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").symlink_to(str(shutil.which("git")))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


@pytest.fixture
def publica(casa: Casa, tmp_path: Path, sin_libreoffice: None) -> Callable[[], dict[str, Any]]:
    """La orden sobre `publico/`, que debe resultar."""
    return lambda: dict(casa.hace(f"publicar '{tmp_path / 'publico'}'"))


def archivos(carpeta: Path) -> dict[str, bytes]:
    return {a.relative_to(carpeta).as_posix(): a.read_bytes() for a in carpeta.rglob("*") if a.is_file()}


def codigo_en(pagina: str, version: str) -> str:
    """El código de verificación de esa versión, como está en la lista de emitidos."""
    fila = re.search(
        rf'<th scope="row" class="codigo">([0-9A-F-]+)</th><td>PR-FOM-01</td><td>{version}</td>', pagina
    )
    assert fila is not None, pagina
    return fila.group(1)


def emite_la_02(casa: Casa, mas: str = "") -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo 'Se agrega la ventanilla móvil'")
    casa.editar("PR-FOM-01", "La ventanilla móvil también recibe.")
    casa.hace("entregar PR-FOM-01", de="cr1")
    casa.hasta("PR-FOM-01", "aprobar")
    casa.hace(f"emitir PR-FOM-01 {mas}")


def test_de_la_primera_publicacion_a_que_todo_deje_de_regir(
    casa: Casa, publica: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    publico = tmp_path / "publico"
    with casa.nada_cambia():
        primera = publica()
    assert list(primera)[:3] == ["publicados", "retirados", "pendientes"]
    assert primera["publicados"] == [V01]
    assert (primera["retirados"], primera["pendientes"], primera["sin_pdf"]) == ([], [], ["PR-FOM-01"])
    vigente = casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx").read_bytes()
    assert (publico / V01).read_bytes() == vigente
    pagina = (publico / "index.html").read_text("utf-8")
    assert f'href="{V01}"' in pagina
    assert "10-03-2025" in pagina
    assert primera["ancla"] in pagina
    assert "Jefe/a División de Fomento" in pagina
    assert "ISO 9001:2015" in pagina
    assert {
        *("lista_maestra.xlsx", "lista_registros.xlsx", "documentos_externos.xlsx"),
        "lista_distribucion.xlsx",
    } == {a.name for a in (publico / "listas").iterdir()}
    primer_codigo = codigo_en(pagina, "01")

    antes = archivos(publico)
    assert publica()["actualizados"] == []
    assert archivos(publico) == antes

    # Un borrador y lo emitido antes de su fecha no se publican; del segundo se conoce solo el código.
    emite_la_02(casa, "--vigente-desde 2025-03-20")
    assert publica()["publicados"] == []
    pagina = (publico / "index.html").read_text("utf-8")
    assert "ventanilla" not in pagina
    assert "Todavía no rige. Está aprobado y regirá desde el 20-03-2025." in pagina

    # Llega la fecha: rige sin que nadie haya anotado nada.
    casa.reloj.dia("2025-03-20")
    segunda = publica()
    assert (segunda["publicados"], segunda["retirados"]) == ([V02], [V01])
    pagina = (publico / "index.html").read_text("utf-8")
    assert "Obsoleto. Lo reemplaza la versión 02 desde el 20-03-2025." in pagina
    assert codigo_en(pagina, "01") == primer_codigo != codigo_en(pagina, "02")
    assert "Se agrega la ventanilla móvil." in pagina
    assert f'url=../{V02}"' in (publico / "enlaces/PR-FOM-01.html").read_text("utf-8")

    # Se deja sin efecto: no queda archivo, y el enlace que alguien guardó lo explica.
    casa.reloj.dia("2025-04-01")
    casa.hace("dejar-sin-efecto PR-FOM-01 --motivo 'trámite eliminado'", de="dn")
    tercera = publica()
    assert tercera["retirados"] == [V02]
    assert not list((publico / "documentos").iterdir())
    explicado = (publico / "enlaces/PR-FOM-01.html").read_text("utf-8")
    assert "Ya no rige" in explicado
    assert "Trámite eliminado." in explicado
    assert "refresh" not in explicado
    assert "Obsoleto. Quedó sin efecto el 01-04-2025." in (publico / "index.html").read_text("utf-8")
    # La página y la orden dicen lo mismo de cada código emitido.
    emitidos = re.findall(
        r'data-v="([0-9A-F]{16})" data-estado="(\w+)"', (publico / "index.html").read_text("utf-8")
    )
    assert [estado for _, estado in emitidos] == ["obsoleto", "obsoleto"]
    for codigo, estado in emitidos:
        [papel] = casa.hace(f"verificar --codigo {codigo}")["documentos"]
        assert papel["estado"] == estado

    dicho = casa.dice(f"publicar '{publico}'")
    assert "rigen 0 documentos" in dicho
    assert "Nada cambió" in dicho


def test_lo_cambiado_se_restituye_y_lo_ajeno_se_deja(
    casa: Casa, publica: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    publico = tmp_path / "publico"
    publica()
    (publico / V01).write_bytes(b"lo cambiaron")
    (publico / "enlaces/PR-FOM-01.html").unlink()
    (publico / "avisos.txt").write_text("de otra persona")
    (publico / "Thumbs.db").write_bytes(b"lo deja el escritorio")
    otra = publica()
    assert (otra["publicados"], otra["restaurados"], otra["ajenos"]) == ([V01], [V01], ["avisos.txt"])
    assert otra["actualizados"] == ["enlaces/PR-FOM-01.html"]
    assert (publico / "avisos.txt").read_text() == "de otra persona"

    # Alguien puso el suyo con el nombre de la versión que viene: no se pisa, y no se enlaza.
    emite_la_02(casa)
    (publico / V02).write_bytes(b"mi propia version")
    ocupado = publica()
    assert [pendiente["archivo"] for pendiente in ocupado["pendientes"]] == [V02]
    assert ocupado["retirados"] == [V01]
    assert V02 not in (publico / "index.html").read_text("utf-8")
    assert (publico / V02).read_bytes() == b"mi propia version"
    (publico / V02).unlink()
    assert publica()["publicados"] == [V02]


def test_un_registro_que_no_escribio_el_servicio_no_se_cree(
    publica: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    """Quien cambia un documento y también su resumen en el registro no consigue que pase por bueno."""
    publico = tmp_path / "publico"
    publica()
    bueno = (publico / V01).read_bytes()
    (publico / V01).write_bytes(b"x")
    registro = json.loads((publico / "publicado.json").read_text("utf-8"))
    registro["archivos"][V01]["sha256"] = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    (publico / "publicado.json").write_text(json.dumps(registro))
    otra = publica()
    assert (otra["publicados"], otra["rehecho"]) == ([V01], True)
    assert (publico / V01).read_bytes() == bueno
    assert publica()["rehecho"] is False


def test_un_archivo_abierto_queda_pendiente_y_se_reintenta(
    casa: Casa, publica: Callable[[], dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Como en Windows: el lector tiene abierta la versión vieja, y Excel una lista."""
    publico = tmp_path / "publico"
    publica()
    emite_la_02(casa)
    abiertos = {"PR-FOM-01_v01.docx", "lista_maestra.xlsx"}
    quitar, poner = Path.unlink, Path.replace

    def _quitar(ruta: Path, missing_ok: bool = False) -> None:
        if ruta.name in abiertos:
            raise PermissionError(13, "en uso")
        quitar(ruta, missing_ok=missing_ok)

    def _poner(ruta: Path, destino: Path) -> Path:
        if Path(destino).name in abiertos:
            raise PermissionError(13, "en uso")
        return poner(ruta, destino)

    with monkeypatch.context() as parche:
        parche.setattr(Path, "unlink", _quitar)
        parche.setattr(Path, "replace", _poner)
        trabada = publica()
        assert {pendiente["archivo"] for pendiente in trabada["pendientes"]} == {
            V01,
            "listas/lista_maestra.xlsx",
        }
        assert all("no hay permiso" in pendiente["causa"] for pendiente in trabada["pendientes"])
        assert "Pendientes, se reintentan la próxima vez: 2" in casa.dice(f"publicar '{publico}'")
    libre = publica()
    assert (libre["pendientes"], libre["retirados"]) == ([], [V01])
    assert libre["actualizados"] == ["listas/lista_maestra.xlsx"]


def test_una_publicacion_interrumpida_la_termina_la_siguiente(
    casa: Casa, publica: Callable[[], dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Se corta en cada escritura posible; el índice nunca apunta a algo que falta."""
    publico = tmp_path / "publico"
    publica()
    emite_la_02(casa)
    entera, cortes = Path.replace, 0
    for corte in range(1, 50):
        cuenta = iter(range(1, 50))

        def _cortar(ruta: Path, destino: Path, cuenta: Any = cuenta, corte: int = corte) -> Path:
            if next(cuenta) == corte:
                raise KeyboardInterrupt
            return entera(ruta, destino)

        otra = tmp_path / f"corte{corte}"
        shutil.copytree(publico, otra)
        with monkeypatch.context() as parche:
            parche.setattr(Path, "replace", _cortar)
            codigo = casa.orden(f"publicar '{otra}'").codigo
        pagina = (otra / "index.html").read_text("utf-8")
        for enlace in re.findall(r'href="((?:documentos|listas|enlaces)/[^"]+)"', pagina):
            assert (otra / enlace).is_file(), (corte, enlace)
        if codigo == 0:
            break
        assert codigo == 130
        cortes += 1
        hecha = casa.hace(f"publicar '{otra}'")
        assert (hecha["pendientes"], hecha["restaurados"], hecha["ajenos"]) == ([], [], [])
        assert {a.name for a in (otra / "documentos").iterdir()} == {"PR-FOM-01_v02.docx"}
        assert not [a for a in archivos(otra) if salida.PREFIJO in a]
    assert cortes >= 8


def test_donde_no_se_publica(casa: Casa, tmp_path: Path, sin_libreoffice: None) -> None:
    llena = tmp_path / "llena"
    llena.mkdir()
    (llena / "fotos.zip").write_bytes(ACTA)
    archivo = tmp_path / "archivo"
    archivo.write_text("x")
    for destino, codigo, dice in (
        (llena, 2, "fotos.zip"),
        (archivo, 2, "es un archivo"),
        (casa.raiz, 2, "a la vista los borradores"),
        (casa.raiz / "publico", 2, "a la vista los borradores"),
        (casa.raiz.parent, 2, "a la vista los borradores"),
        (tmp_path / "no" / "existe", 2, "unidad de red"),
    ):
        casa.negada(f"publicar '{destino}'", codigo=codigo, dice=dice)
    assert archivos(llena) == {"fotos.zip": ACTA}

    publico, afuera = tmp_path / "publico", tmp_path / "afuera"
    publico.mkdir()
    afuera.mkdir()
    for carpeta in ("documentos", "listas", "enlaces"):
        (publico / carpeta).symlink_to(afuera, target_is_directory=True)
        casa.negada(f"publicar '{publico}'", codigo=1, dice="es un acceso a otra carpeta")
        (publico / carpeta).unlink()
    assert archivos(afuera) == {}

    casa.hace(f"publicar '{publico}'")
    (publico / "publicado.json").write_text("{}")
    casa.negada(f"publicar '{publico}'", codigo=1, dice="alguien lo cambió")


@pytest.mark.libreoffice
def test_lo_que_rige_va_en_pdf_y_el_archivo_tal_como_es(publicada: Path) -> None:
    nombres = {a.name for a in (publicada / "documentos").iterdir()}
    assert {"FO-GT-06_v01.xlsx", "PR-FOM-03_v02.pdf", "PR-SGC-01_v01.pdf", "RG-GT-01_v01.pdf"} <= nombres
    assert not [n for n in nombres if n.endswith(".docx")]
    texto = subprocess.run(
        ["pdftotext", "-layout", publicada / "documentos/PR-FOM-03_v02.pdf", "-"],
        capture_output=True,
        check=True,
    ).stdout.decode()
    pagina = (publicada / "index.html").read_text("utf-8")
    impreso = re.search(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}", texto)
    assert impreso is not None
    assert f'<td data-r="Código de verificación" class="codigo">{impreso.group()}</td>' in pagina


@pytest.mark.libreoffice
@pytest.mark.navegador
def test_la_pagina_se_usa_con_doble_clic(publicada: Path, tmp_path: Path) -> None:
    """Buscar sin tildes, y comprobar el papel de una versión vieja, de la que rige y de ninguna."""
    indice = publicada / "index.html"
    perfil = tmp_path / "perfil"
    hallado = abierta(indice, perfil, "buscar=perspectiva+DIAGNOSTICO")
    filas = dict(re.findall(r'<tr class="doc" id="([\w-]+)"[^>]*?( hidden="")?>', hallado))
    assert [codigo for codigo, oculta in filas.items() if not oculta] == ["RG-GT-01"]
    assert f"1 documento de {len(filas)}." in hallado

    codigos = re.findall(r'class="codigo">([0-9A-F-]{19})</th><td>PR-FOM-03</td><td>(\d\d)</td>', hallado)
    por_version = {version: codigo for codigo, version in codigos}
    for codigo, dice in (
        (
            por_version["01"].lower().replace("0", "o"),
            "Obsoleto</b>PR-FOM-03 versión 01. Lo reemplaza la versión 02",
        ),
        (por_version["02"][:9], "Vigente</b>PR-FOM-03 versión 02. Rige desde el"),
        ("1234-5678-9ABC-DEF0", "No es un documento de este servicio</b>"),
    ):
        assert dice in abierta(indice, perfil, f"codigo={codigo}"), codigo

    informe = auditar(indice.read_text("utf-8"), tmp_path)
    assert informe["fallas"] == []
    assert informe["revisadas"] > 20
    enlace = (publicada / "enlaces/PR-FOM-03.html").read_text("utf-8")
    assert auditar(re.sub(r"<meta http-equiv[^>]*>", "", enlace), tmp_path)["fallas"] == []


def test_lo_reservado_se_lista_sin_archivo(demo: Casa, tmp_path: Path, sin_libreoffice: None) -> None:
    """El Diagnóstico es además una serie: si su acceso es reservado, se sabe que existe y a quién pedirlo."""
    publico = tmp_path / "publico"
    assert "documentos/RG-GT-01_v01.docx" in demo.hace(f"publicar '{publico}'")["publicados"]
    series = demo.ruta("registros/series.yaml")
    texto = series.read_text("utf-8")
    desde = texto.index("RG-GT-01")
    series.write_text(
        texto[:desde] + texto[desde:].replace("acceso: publico", "acceso: reservado", 1), "utf-8"
    )
    demo.hace("configurar --motivo 'Acceso reservado por causal legal'")
    otra = demo.hace(f"publicar '{publico}'")
    assert otra["retirados"] == ["documentos/RG-GT-01_v01.docx"]
    pagina = (publico / "index.html").read_text("utf-8")
    assert "acceso reservado: pídalo a Encargado/a del Sistema Gestión Territorial" in pagina
    assert "RG-GT-01_v01" not in pagina


def test_dos_servicios_no_comparten_carpeta(
    anio: Path, nueva_casa: Callable[..., Casa], publica: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    publica()
    otro = nueva_casa(anio, "otro")
    otro.negada(f"publicar '{tmp_path / 'publico'}'", codigo=2, dice="publica otro servicio")
