"""Sobre qué bytes se actúa, qué textos se anotan y qué puede decir cada acto."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mesa_dominio import IDENTIDAD, Mesa, huella, resumen

from sgc_gt.dominio.ficha import Evidencia, Observacion
from sgc_gt.dominio.textos import dice_algo, limpiar, parrafos, prohibidos, textos_en, una_linea

OTRA = huella("otra cosa")


@pytest.mark.parametrize(
    ("estado", "acto"),
    [("en_revision", "revisar"), ("en_aprobacion", "aprobar"), ("aprobado", "emitir")],
)
@pytest.mark.parametrize("huella_", ["", OTRA])
def test_se_decide_sobre_lo_que_se_envio(estado: str, acto: str, huella_: str) -> None:
    mesa = Mesa().hasta(estado)
    rechazo = mesa.rechazo(acto, huella=huella_)
    assert rechazo.mensaje == (
        "el archivo no es el que se envió: la versión 01 tiene otro código de verificación"
    )
    assert rechazo.esperado == mesa.abierta.huella
    assert rechazo.hacer == "restituya el archivo enviado, o devuelva el borrador y envíelo otra vez"


def test_la_aprobacion_no_nombra_otros_bytes() -> None:
    mesa = Mesa().hasta("en_aprobacion")
    assert mesa.rechazo("aprobar", sha256=resumen("otros")).mensaje.startswith(
        "el archivo no es el que se envió"
    )
    assert mesa.decidir("aprobar", sha256=mesa.abierta.sha256).sha256 == mesa.abierta.sha256


def test_no_se_envia_un_borrador_vacio() -> None:
    rechazo = Mesa().hacer("crear").rechazo("enviar")
    assert rechazo.mensaje == "el borrador todavía no tiene contenido"
    assert rechazo.hacer == "genere (sgc-gt generar) o entregue (sgc-gt entregar) el borrador primero"
    assert Mesa().hasta("borrador").rechazo("enviar", huella="").mensaje == rechazo.mensaje


def test_la_identidad_cambia_solo_por_los_actos_que_la_fijan() -> None:
    rechazo = Mesa().hasta("borrador").rechazo("entregar", "rev", identidad={"elabora": "rev", "titulo": "X"})
    assert rechazo.mensaje == "«entregar borrador» no cambia la identidad del documento (elabora, titulo)"
    assert rechazo.hacer == (
        "el título y los cargos se fijan al crear el documento o al abrir una nueva versión"
    )


def test_una_nueva_version_puede_traer_otro_titulo_pero_no_otra_area() -> None:
    mesa = Mesa().hasta("vigente")
    assert mesa.decidir("nueva-version", identidad={"titulo": "Compras y pagos"}).identidad == {
        "titulo": "Compras y pagos"
    }
    assert mesa.rechazo("nueva-version", identidad={"area": "SGC"}).mensaje == (
        "el área de un documento no cambia: es parte de su código y de su carpeta"
    )
    assert mesa.rechazo("nueva-version", identidad={"titulo": " "}).mensaje == "falta el título"
    assert mesa.rechazo("nueva-version", identidad={"aprueba": "rey"}).mensaje == (
        "el cargo «rey» (--aprueba) no existe"
    )


@pytest.mark.parametrize(
    "archivo", ["../../x.docx", "PR-GT-01_v02.docx", "otro.docx", "PR-GT-01_v01", "PR-GT-01_v01.do cx"]
)
def test_el_archivo_se_llama_como_su_version(archivo: str) -> None:
    rechazo = Mesa().hacer("crear").rechazo("entregar", archivo=archivo)
    assert rechazo.mensaje == f"«{archivo}» no es el nombre del archivo de este documento"
    assert rechazo.esperado == "PR-GT-01_v01.docx, o la extensión que corresponda"


def test_el_circuito_con_que_se_abrio_sigue_existiendo() -> None:
    mesa = Mesa().hasta("borrador")
    circuitos = {k: v for k, v in mesa.servicio.circuitos.items() if k != "normal"}
    mesa.servicio = mesa.servicio._replace(circuitos=circuitos)
    rechazo = mesa.rechazo("enviar")
    assert rechazo.mensaje == "el circuito «normal», con que se abrió el borrador, ya no existe"
    assert rechazo.hacer == "repóngalo en la configuración (sgc-gt configurar) y repita el envío"


def con_titulo(titulo: str) -> dict[str, object]:
    return {**IDENTIDAD, "titulo": titulo}


def test_los_textos_se_guardan_en_una_linea_y_en_nfc() -> None:
    m = Mesa().decidir("crear", identidad=con_titulo("  Gestio\u0301n\r\n de\u2028compras\t"))
    assert m.identidad["titulo"] == "Gestión de compras"
    m = Mesa().hasta("vigente").decidir("nueva-version", motivo="\tLey nueva\nActo: aprobar\n")
    assert m.motivo == "Ley nueva Acto: aprobar"
    observacion = Observacion("Uno \r\n\r\n\r\n dos ", " 4\n")
    m = Mesa().hasta("en_revision").decidir("devolver", observaciones=(observacion,))
    assert m.observaciones == (Observacion("Uno\n\ndos", "4"),)


@pytest.mark.parametrize(
    ("texto", "malo"),
    [
        ("A\x00B", "U+0000"),
        ("A\x1bB", "U+001B"),
        ("A\ud800", "U+D800"),
        ("A\u202egpj", "U+202E"),
        ("\ufffe", "U+FFFE"),
    ],
)
def test_lo_que_ningun_documento_puede_llevar(texto: str, malo: str) -> None:
    frase = f"el texto trae caracteres que no se pueden guardar ni imprimir ({malo})"
    rechazo = Mesa().rechazo("crear", identidad=con_titulo(texto))
    assert rechazo.mensaje == frase
    assert rechazo.hacer == "escriba el texto de nuevo, sin pegarlo desde otro programa"
    mesa = Mesa().hasta("en_revision")
    assert mesa.rechazo("devolver", observaciones=(Observacion(texto),)).mensaje == frase
    assert mesa.rechazo("revisar", evidencia=(Evidencia("acta", texto),)).mensaje == frase
    assert mesa.rechazo("revisar", extra={"nota": [texto]}).mensaje == frase


@given(st.text())
def test_limpiar_dos_veces_es_limpiar_una(texto: str) -> None:
    assert una_linea(una_linea(texto)) == una_linea(texto)
    assert parrafos(parrafos(texto)) == parrafos(texto)


@given(st.text())
def test_una_linea_es_una_linea_y_no_pierde_letras(texto: str) -> None:
    limpio = una_linea(texto)
    assert len(limpio.splitlines()) <= 1
    assert dice_algo(limpio) == dice_algo(texto)
    assert not any(c.isspace() for c in una_linea(texto) if c != " ")


@given(
    st.recursive(st.text() | st.integers() | st.none(), lambda v: st.lists(v) | st.dictionaries(st.text(), v))
)
def test_limpiar_alcanza_todos_los_textos(valor: object) -> None:
    assert limpiar(limpiar(valor)) == limpiar(valor)
    if not isinstance(valor, dict):
        assert len(list(textos_en(limpiar(valor)))) == len(list(textos_en(valor)))


def test_el_espanol_no_tiene_nada_prohibido() -> None:
    assert prohibidos("«Ñuble»: ¿N.º 3?—100 %\n\tá € 𝄞 👩‍👩‍👧") == ""


@pytest.mark.parametrize(
    ("clave", "valor"),
    [
        ("carpeta", 5),
        ("productos", "PE1"),
        ("productos", [5]),
        ("reparado", {"a": "b"}),
        ("fecha_aprobacion", "ayer"),
        ("familia", {"celdas": [["codigo"]]}),
        ("familia", ["codigo"]),
        ("convertida", "sí"),
    ],
)
def test_lo_anotado_aparte_tiene_la_forma_que_otros_leen(clave: str, valor: object) -> None:
    mesa = Mesa().hasta("borrador")
    assert clave in mesa.rechazo("entregar", extra={clave: valor}).mensaje
