"""El procedimiento es del servicio: otra máscara, otros circuitos, otras versiones, otra norma, solo con datos."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from casa import CASA_ABIERTA, DOMINIO, EJEMPLO, Casa, Reloj, texto_de

from sgc_gt import inicial as trae
from sgc_gt.ordenes.iniciar import Inicial, iniciar

Fundar = Callable[..., Casa]
CIRCUITOS = """
circuitos:
  dos_revisores:
    - {acto: revisar, rol: revisa, distinto_de: [elabora]}
    - {acto: aprobar, rol: aprueba, distinto_de: [elabora, revisar]}
    - {acto: emitir, rol: control_documental}
  directo:
    - {acto: aprobar, rol: aprueba, distinto_de: [elabora]}
    - {acto: emitir, rol: control_documental}
"""


def cambiar(texto: str, *pares: tuple[str, str]) -> str:
    """El archivo con esas líneas cambiadas; falla si alguna no está."""
    for patron, nuevo in pares:
        texto, veces = re.subn(patron, lambda _, n=nuevo: n, texto, count=1, flags=re.MULTILINE)
        assert veces == 1, patron
    return texto


@pytest.fixture
def fundar(tmp_path: Path, reloj: Reloj) -> Iterator[Fundar]:
    """Funda un servicio con `sgc.yaml` distinto del de ejemplo. Al final su integridad debe ser correcta."""
    hechas: list[Casa] = []

    def hacer(*pares: tuple[str, str], tras: str = "") -> Casa:
        texto = cambiar((EJEMPLO / "sgc.yaml").read_text("utf-8"), *pares) + tras
        raiz = tmp_path / "servicio"
        propio = Inicial(texto.encode(), trae.plantillas(), trae.series())
        propio = propio._replace(requisitos=trae.requisitos())
        iniciar(raiz, propio, Reloj(CASA_ABIERTA), f"cdoc@{DOMINIO}")
        hechas.append(Casa(raiz, reloj))
        return hechas[-1]

    yield hacer
    for casa in hechas:
        assert casa.verificar()["ok"]


def configurar(casa: Casa, *pares: tuple[str, str], tras: str = "") -> Any:
    archivo = casa.ruta("sgc.yaml")
    archivo.write_text(cambiar(archivo.read_text("utf-8"), *pares) + tras, "utf-8")
    return casa.hace("configurar --motivo 'Cambio de procedimiento'")


def test_mascara_area_tipo(fundar: Fundar) -> None:
    casa = fundar(("mascara: .*", "mascara: '{area}-{tipo}-{nn}'"))
    assert [casa.nuevo("FOM"), casa.nuevo("FOM"), casa.nuevo("ATC")] == [
        "FOM-PR-01",
        "FOM-PR-02",
        "ATC-PR-01",
    ]
    casa.hasta("FOM-PR-01", "emitir")
    assert casa.archivos("documentos/FOM/FOM-PR-01") >= {"FOM-PR-01_v01.docx"}
    assert "FOM-PR-01/v01" in casa.etiquetas()
    casa.negada("crear procedimiento --titulo x --area FOM --elabora cr1 --codigo PR-FOM-09", codigo=2)


def test_mascara_sin_area_un_solo_correlativo(fundar: Fundar) -> None:
    casa = fundar(("mascara: .*", "mascara: '{tipo}-{nnn}'"))
    assert [casa.nuevo("FOM"), casa.nuevo("ATC")] == ["PR-001", "PR-002"]
    casa.hasta("PR-002", "emitir")
    casa.negada(
        "crear procedimiento --titulo x --area FOM --elabora cr1 --codigo PR-002", dice="ya está usado"
    )


def test_version_que_parte_en_cero_con_una_cifra(fundar: Fundar) -> None:
    casa = fundar(("versiones: .*", "versiones: {primera: 0, ancho: 1, separador_menor: _}"))
    codigo = casa.nuevo("ATC", elabora="cr5", mas="--responsable cr1")
    casa.hasta(codigo, "emitir", elabora="cr5")
    assert casa.estados(codigo) == {"0": "vigente"}
    assert casa.hace(f"nueva-version {codigo} --motivo x --menor")["version"] == "0_1"
    casa.hace(f"descartar {codigo} --motivo x", de="cr5")
    assert casa.hace(f"nueva-version {codigo} --motivo x")["version"] == "1"
    casa.hasta(codigo, "emitir", elabora="cr5")
    assert casa.etiquetas() == {f"{codigo}/v0", f"{codigo}/v1"}
    [documento] = casa.raiz.glob("documentos/ATC/*/*.docx")
    assert documento.name == f"{codigo}_v1.docx"


def test_sin_visacion_y_con_dos_revisores(fundar: Fundar) -> None:
    """El Plan deja de pasar por SUBDERE y lo revisan dos cargos; nada de eso es código."""
    casa = fundar(
        tras=CIRCUITOS + "tipos:\n  procedimiento: {circuito: dos_revisores}\n  plan: {circuito: directo}\n"
    )
    circuitos = {t["tipo"]: [p["acto"] for p in t["circuito"]] for t in casa.hace("tipos")}
    assert circuitos["plan"] == ["aprobar", "emitir"]
    codigo = casa.nuevo("ATC", mas="--revisa ecal")
    casa.hace(f"enviar {codigo}", de="cr1")
    turno = [f["turno"] for f in casa.hace(f"estado {codigo}")]
    assert turno == [["egt", "ecal"]]
    casa.negada(f"aprobar {codigo}", de="dn", dice="En revisión")
    assert casa.hace(f"revisar {codigo}", de="ecal")[0]["estado"] == "en_revision"
    casa.negada(f"revisar {codigo}", de="ecal", dice="ya cumplió este paso")
    assert [f["turno"] for f in casa.hace(f"estado {codigo}")] == [["egt"]]
    assert casa.hace(f"revisar {codigo}", de="egt")[0]["estado"] == "en_aprobacion"
    casa.hace(f"aprobar {codigo}", de="dn")
    casa.hace(f"emitir {codigo}")
    [documento] = casa.raiz.glob(f"documentos/ATC/{codigo}/*.docx")
    texto = texto_de(documento)
    assert "Encargado/a de Calidad Titular" in texto
    assert "Encargado/a del Sistema Gestión Territorial Titular" in texto


def test_uno_de_los_dos_revisores_devuelve_y_todo_vuelve_a_empezar(fundar: Fundar) -> None:
    casa = fundar(tras=CIRCUITOS + "tipos:\n  procedimiento: {circuito: dos_revisores}\n")
    codigo = casa.nuevo("ATC", mas="--revisa ecal")
    casa.hace(f"enviar {codigo}", de="cr1")
    casa.hace(f"revisar {codigo}", de="ecal")
    casa.hace(f"devolver {codigo} --texto 'Falta el anexo'", de="egt")
    casa.hace(f"enviar {codigo}", de="cr1")
    assert casa.hace(f"revisar {codigo}", de="egt")[0]["estado"] == "en_revision"


def test_iso_2008_con_quince_regiones(fundar: Fundar) -> None:
    casa = fundar(
        (r"^norma: .*", "norma: 'ISO 9001:2008'"),
        (r"^regiones: .*", "regiones: todas_2010"),
        (r"^  - \{correo: dr-16@.*\n", ""),
    )
    casa.negada("registrar RG-GT-05 --fecha 2025-03-07 --ubicacion x --region 16", codigo=2, dice="16")
    assert casa.hace("registrar RG-GT-05 --fecha 2025-03-07 --ubicacion x --region 08")["codigo"]
    codigo = casa.nuevo("ATC")
    casa.hasta(codigo, "emitir")
    [documento] = casa.raiz.glob(f"documentos/ATC/{codigo}/*.docx")
    assert "9001:2015" not in texto_de(documento)


def test_sin_el_paquete_de_gestion_territorial(fundar: Fundar) -> None:
    casa = fundar((r"^paquetes: .*", "paquetes: [sgc]"))
    tipos = {t["tipo"] for t in casa.hace("tipos")}
    assert {"procedimiento", "archivo"} <= tipos
    assert not tipos & {"plan", "programa", "diagnostico"}
    assert not any("RG-GT" in linea for linea in casa.lista("lista_registros.csv").splitlines())
    assert not any(a.startswith("plan") for a in casa.archivos("plantillas_docx"))
    casa.negada("crear plan --titulo x", codigo=2, dice="plan")
    casa.negada("registrar RG-GT-10 --fecha 2025-03-07 --ubicacion x", codigo=2, dice="RG-GT-10")
    codigo = casa.nuevo("ATC")
    casa.hasta(codigo, "emitir")
    for orden in ("estado", "tipos", "listas", "registros", "historial"):
        assert "Gestión Territorial" not in casa.dice(orden).replace(
            "Encargado/a del Sistema Gestión Territorial", ""
        )


def test_configurar_otra_mascara_no_toca_los_codigos_que_ya_existen(casa: Casa) -> None:
    r = configurar(casa, ("mascara: .*", "mascara: '{area}-{tipo}-{nnn}'"))
    assert r["commit"] == casa.cabeza()
    assert casa.nuevo("FOM") == "FOM-PR-001"
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.hasta("PR-FOM-01", "emitir")
    assert casa.estados("PR-FOM-01") == {"02": "vigente"}


def test_configurar_otro_circuito_no_cambia_lo_que_ya_se_envio(casa: Casa) -> None:
    """La ruta de un envío quedó fija al enviar; el siguiente envío toma el circuito nuevo."""
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.hasta("PR-FOM-01", "enviar")
    configurar(casa, tras=CIRCUITOS + "tipos:\n  procedimiento: {circuito: directo}\n")
    casa.hace("revisar PR-FOM-01", de="egt")
    casa.hace("aprobar PR-FOM-01", de="dn")
    casa.hace("emitir PR-FOM-01")
    codigo = casa.nuevo("ATC")
    assert casa.hace(f"enviar {codigo}", de="cr1")[0]["estado"] == "en_aprobacion"


def test_configurar_una_persona_nueva(casa: Casa) -> None:
    """Quien deja el cargo conserva lo que hizo; quien llega puede desde su día."""
    configurar(
        casa,
        (
            r"^  - \{correo: egt@.*",
            "  - {correo: egt@senopl.example, cargo: egt, desde: '2020-01-01', hasta: '2025-03-09'}\n"
            "  - {correo: nueva@senopl.example, cargo: egt, desde: '2025-03-10', nombre: 'Persona Nueva'}",
        ),
    )
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.hasta("PR-FOM-01", "enviar")
    casa.negada("revisar PR-FOM-01", de="egt", dice="no ejercía")
    casa.hace("revisar PR-FOM-01", de="nueva")
    casa.hace("aprobar PR-FOM-01", de="dn")
    casa.hace("emitir PR-FOM-01")
    [documento] = casa.raiz.glob("documentos/FOM/PR-FOM-01/*.docx")
    assert "Revisado por Persona Nueva" in texto_de(documento)


def test_configurar_pide_motivo_y_no_registra_dos_veces_lo_mismo(casa: Casa) -> None:
    archivo = casa.ruta("sgc.yaml")
    archivo.write_text(
        cambiar(archivo.read_text("utf-8"), ("^    ATC: .*", "    ATC: Atención a la ciudadanía")), "utf-8"
    )
    casa.negada("configurar", dice="motivo")
    casa.hace("configurar --motivo Nombre")
    casa.negada("configurar --motivo Nombre", codigo=2, dice="no ha cambiado")


def test_un_tipo_nuevo_son_dos_archivos(casa: Casa) -> None:
    """«Instructivo»: la plantilla del procedimiento con otro nombre y un prefijo propio."""
    carpeta = casa.ruta("plantillas_docx")
    texto = (carpeta / "procedimiento.yaml").read_text("utf-8")
    (carpeta / "instructivo.yaml").write_text(
        cambiar(texto, ("^nombre: .*", "nombre: Instructivo"), ("^prefijo: .*", "prefijo: IN")), "utf-8"
    )
    (carpeta / "instructivo.docx").write_bytes((carpeta / "procedimiento.docx").read_bytes())
    casa.hace("configurar --motivo 'Nuevo tipo'")
    r = casa.hace("crear instructivo --titulo 'Uso del fondo fijo' --area FOM --elabora cr1")
    assert r["codigo"] == "IN-FOM-01"
    assert "Instructivo" in texto_de(casa.ruta(r["archivo"]))


def test_un_gobierno_regional_recibe_al_decirlo_el_registro_que_solo_el_lleva(fundar: Fundar) -> None:
    """La carpeta nace sin él: quien lo agrega es `configurar`, no una persona que busque plantillas (PLA-B.4)."""
    casa = fundar()
    assert not casa.ruta("plantillas_docx/cumplimiento_gore.yaml").exists()
    r = configurar(casa, ("^  zona_horaria: .*", "  zona_horaria: America/Santiago\n  es_gore: true"))
    assert "Registro de cumplimiento de los servicios" in r["avisos"][0]
    assert casa.hace("crear cumplimiento_gore --titulo Cumplimiento")["codigo"].startswith("RG-GT-15/")


def test_la_carpeta_sin_identificar_no_tapa_el_correo_de_quien_entra(tmp_path: Path) -> None:
    propio = Inicial((EJEMPLO / "sgc.yaml").read_bytes(), trae.plantillas(), trae.series())
    reloj = Reloj(CASA_ABIERTA)
    for nombre, identificar in (("mia", False), ("de_ejemplo", True)):
        iniciar(tmp_path / nombre, propio, reloj, f"cdoc@{DOMINIO}", identificar)
        config = (tmp_path / nombre / ".git" / "config").read_text("utf-8")
        assert (f"cdoc@{DOMINIO}" in config) is identificar


def test_las_reglas_cambian_y_el_procedimiento_de_control_lo_dice(demo: Casa) -> None:
    avisos = configurar(demo, ("versiones: .*", "versiones: {primera: 1, ancho: 3, separador_menor: .}"))[
        "avisos"
    ]
    assert any("PR-SGC-01" in a for a in avisos), avisos


class TestNoSeEncierra:
    """Una configuración que dejaría al servicio sin salida se niega al configurar, no después."""

    def negar(self, casa: Casa, dice: str, *pares: tuple[str, str]) -> None:
        archivo = casa.ruta("sgc.yaml")
        archivo.write_text(cambiar(archivo.read_text("utf-8"), *pares), "utf-8")
        salida = casa.orden("configurar --motivo x")
        assert salida.codigo in (1, 2), salida
        assert dice in salida.texto, salida.texto
        casa.git("checkout", "-q", "--", "sgc.yaml")

    def test_sin_nadie_en_control_documental(self, casa: Casa) -> None:
        self.negar(casa, "control documental", (r"^  - \{correo: cdoc@.*\n", ""))

    def test_control_documental_vencido(self, casa: Casa) -> None:
        vencida = "  - {correo: cdoc@senopl.example, cargo: cdoc, desde: '2020-01-01', hasta: '2025-01-31'}"
        self.negar(casa, "control documental", (r"^  - \{correo: cdoc@.*", vencida))

    def test_quitar_un_area_con_documentos(self, casa: Casa) -> None:
        self.negar(casa, "PR-FOM-01", ("^    FOM: .*\n", ""))

    def test_quitar_un_tipo_con_documentos(self, casa: Casa) -> None:
        for extension in ("yaml", "docx"):
            casa.ruta(f"plantillas_docx/procedimiento.{extension}").unlink()
        salida = casa.orden("configurar --motivo x")
        assert salida.codigo in (1, 2), salida
        assert "PR-FOM-01" in salida.texto
        casa.git("checkout", "-q", "--", "plantillas_docx")


@pytest.mark.parametrize(
    "pares",
    [
        (
            ("^  dn: .*", "  dn: {nombre: Jefe/a Superior del Servicio, subrogantes: [sdn]}"),
            ("^  nombre: .*", "  nombre: Servicio con otro nombre"),
            (r"^  control_documental: \[cdoc\]", "  control_documental: [cdoc, ecal]"),
        ),
        (("zona_horaria: .*", "zona_horaria: Pacific/Easter"), ("^paquetes: .*", "paquetes: [sgc]")),
        (
            ("zona_horaria: .*", "zona_horaria: Asia/Kathmandu"),
            ("versiones: .*", "versiones: {primera: 1, ancho: 4, separador_menor: _}"),
        ),
    ],
)
def test_lo_emitido_sigue_siendo_lo_que_era_despues_de_un_cambio(
    casa: Casa, pares: tuple[tuple[str, str], ...]
) -> None:
    """La historia se juzga con la configuración de su momento; lo que sigue, con la nueva."""
    vigente = casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx").read_bytes()
    casa.hace("nueva-version PR-FOM-01 --motivo 'Versión que se envió con lo anterior'")
    casa.hasta("PR-FOM-01", "revisar")
    configurar(casa, *pares)
    assert casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx").read_bytes() == vigente
    casa.reloj.dia("2025-03-12")
    casa.hace("aprobar PR-FOM-01", de="dn")
    casa.hace("emitir PR-FOM-01")
    otra = casa.nuevo("ATC")
    casa.hasta(otra, "emitir")
    assert casa.verificar()["ok"]


def test_una_plantilla_nueva_no_reescribe_lo_emitido(casa: Casa) -> None:
    """El encabezado cambia en lo que se emite después; la vigente conserva sus bytes."""
    vigente = casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx").read_bytes()
    plantilla = casa.ruta("plantillas_docx/procedimiento.docx")
    documento = docx.Document(str(plantilla))
    documento.sections[0].footer.paragraphs[0].add_run(" Pie nuevo de la prueba ")
    documento.save(str(plantilla))
    casa.hace("configurar --motivo 'Pie nuevo'")
    assert casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx").read_bytes() == vigente
    casa.hace("nueva-version PR-FOM-01 --motivo x")
    casa.hasta("PR-FOM-01", "emitir")
    assert "Pie nuevo de la prueba" in texto_de(casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v02.docx"))


def test_dos_cargos_una_persona(casa: Casa) -> None:
    """Quien tiene dos cargos actúa con el que corresponde, o con el que diga."""
    configurar(
        casa,
        (
            r"^  - \{correo: cr2@.*",
            "  - {correo: cr2@senopl.example, cargo: cr2, desde: '2020-01-01'}\n"
            "  - {correo: cr2@senopl.example, cargo: cr3, desde: '2020-01-01'}",
        ),
    )
    codigo = casa.nuevo("ATC", elabora="cr3")
    casa.negada(f"--cargo cr2 enviar {codigo}", de="cr2")
    casa.hace(f"enviar {codigo}", de="cr2")
    assert casa.hace(f"historial {codigo}")[-1]["cargo"] == "cr3"
