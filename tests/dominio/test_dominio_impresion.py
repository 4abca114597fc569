"""Lo que se imprime en las zonas controladas sale de la ficha, y una emisión se imprime siempre igual."""

from __future__ import annotations

from datetime import date

from mesa_dominio import DESDE, IDENTIDAD, SERVICIO, Mesa, resumen

from sgc_gt.dominio.ficha import Evidencia
from sgc_gt.dominio.impresion import Impresion, codigo_corto, impresion
from sgc_gt.dominio.organizacion import Persona, Subrogancia
from sgc_gt.dominio.servicio import Excepcion


def impreso(mesa: Mesa, version: str = "01") -> Impresion:
    assert mesa.ficha is not None
    return impresion(mesa.ficha, version, mesa.org, "Servicio de Prueba")


def test_un_borrador_no_tiene_fechas_ni_codigo() -> None:
    i = impreso(Mesa().hasta("borrador"))
    assert i.marca == "BORRADOR"
    assert i.textos == {
        "codigo": "PR-GT-01",
        "titulo": "Compras",
        "version": "01",
        "fecha": "En elaboración",
        "estado": "Borrador",
        "vigencia": "Al ponerse en vigencia",
        "motivo": "Primera versión",
        "verificacion": "Sin código: borrador",
        "ancla": "Al ponerse en vigencia",
        "servicio": "Servicio de Prueba",
    }
    assert i.tablas["firmas"] == [
        ["Elaborado por", "", "Jefe/a de Fomento", "", "", ""],
        ["Revisado por", "", "Encargado/a de Calidad", "", "", ""],
        ["Aprobado por", "", "Jefe/a de Servicio", "", "", ""],
    ]


def test_una_emision_no_lleva_marca_y_dice_como_consta_cada_firma() -> None:
    resolucion = Evidencia("resolucion", "412", date(2026, 3, 10), "r.pdf", 1, resumen("r"))
    subroga = Subrogancia("jefe", "sub", "(S)", "Res. Ex. N° 210", DESDE)
    mesa = Mesa(subrogancias=(subroga,)).hasta("en_aprobacion")
    mesa.hacer("aprobar", "sub", evidencia=(resolucion,)).hacer("emitir", vigente_desde=date(2026, 4, 1))
    i = impreso(mesa)
    assert i.marca is None
    assert (i.textos["fecha"], i.textos["vigencia"], i.textos["estado"]) == (
        "10-03-2026",
        "01-04-2026",
        "Vigente",
    )
    assert i.textos["verificacion"] == codigo_corto(mesa.ultimo.huella)
    assert [fila[2:] for fila in i.tablas["firmas"]] == [
        ["Jefe/a de Fomento", "Titular", "Registrado en el sistema, movimiento N° 3", "10-03-2026"],
        ["Encargado/a de Calidad", "Titular", "Registrado en el sistema, movimiento N° 4", "10-03-2026"],
        [
            "Jefe/a de Servicio",
            "(S), Res. Ex. N° 210",
            "Resolución Exenta N° 412 del 10-03-2026",
            "10-03-2026",
        ],
    ]


def test_lo_impreso_no_cambia_con_lo_que_viene_despues() -> None:
    mesa = Mesa().hasta("vigente")
    antes = impreso(mesa)
    mesa.siguiente().hacer("emitir").dia(400).hacer("mantener").hacer("dejar-sin-efecto")
    assert impreso(mesa) == antes


def test_reabrir_borra_las_firmas_impresas() -> None:
    mesa = Mesa().hasta("aprobado").hacer("reabrir")
    assert [fila[5] for fila in impreso(mesa).tablas["firmas"]] == ["", "", ""]


def test_la_excepcion_se_imprime_junto_a_la_firma_que_se_apoyo_en_ella() -> None:
    doble = Persona("proc@s.cl", "rev", DESDE)
    excepcion = Excepcion("PR-GT-01", "segregacion", "Oficina de una persona")
    servicio = SERVICIO._replace(personas=(*SERVICIO.personas, doble), excepciones=(excepcion,))
    mesa = Mesa(servicio=servicio).hasta("en_revision").hacer("revisar", "proc").hacer("aprobar")
    assert [fila[3] for fila in impreso(mesa).tablas["firmas"]] == [
        "Titular",
        "Titular, por excepción a la segregación",
        "Titular",
    ]


def test_un_cambio_menor_lo_aprueba_quien_dice_su_ruta() -> None:
    mesa = (
        Mesa()
        .hasta("vigente")
        .hacer("nueva-version", extra={"menor": True})
        .hacer("entregar")
        .hacer("enviar")
    )
    assert [fila[:3] for fila in impreso(mesa, "01.1").tablas["firmas"]] == [
        ["Elaborado por", "", "Jefe/a de Fomento"],
        ["Aprobado por", "", "Fiscal"],
    ]


def cambios(mesa: Mesa, version: str) -> list[tuple[str, ...]]:
    """Versión, sección, descripción y motivo de cada fila."""
    return [(f[0], f[2], f[3], f[4]) for f in impreso(mesa, version).tablas["cambios"]]


def test_el_control_de_cambios_crece_con_cada_emision() -> None:
    mesa = Mesa().hasta("vigente").hacer("nueva-version", motivo="Ley 21.180").hacer("entregar")
    mesa.hacer("enviar", extra={"secciones": "4. Compras"})
    assert cambios(mesa, "02") == [
        ("01", "Todas", "Emisión inicial", "Primera versión"),
        ("02", "4. Compras", "Ley 21.180", "Ley 21.180"),
    ]
    assert cambios(mesa, "01") == [("01", "Todas", "Emisión inicial", "Primera versión")]


def test_un_borrador_descartado_no_deja_fila_ni_presta_sus_secciones() -> None:
    """El número 02 se reutiliza: la fila es la del borrador de ahora, no la del que se descartó."""
    mesa = Mesa().hasta("vigente").hacer("nueva-version", motivo="Idea vieja").hacer("entregar")
    mesa.hacer("enviar", extra={"secciones": "9. Anexos"}).hacer("descartar")
    mesa.hacer("nueva-version", motivo="Ley nueva").hacer("entregar")
    assert cambios(mesa, "02") == [
        ("01", "Todas", "Emisión inicial", "Primera versión"),
        ("02", "Todas", "Ley nueva", "Ley nueva"),
    ]


def test_un_titulo_nuevo_no_cambia_el_de_la_version_anterior() -> None:
    mesa = (
        Mesa().hasta("vigente").hacer("nueva-version", identidad={**IDENTIDAD, "titulo": "Compras y pagos"})
    )
    assert (impreso(mesa, "01").textos["titulo"], impreso(mesa, "02").textos["titulo"]) == (
        "Compras",
        "Compras y pagos",
    )


def test_codigo_corto() -> None:
    assert codigo_corto("1:0123456789abcdef" + "0" * 48) == "0123-4567-89AB-CDEF"


def test_lo_visado_imprime_el_oficio_que_lo_viso_y_lo_emitido_antes_sigue_igual() -> None:
    def emitida(**extra: object) -> list[list[str]]:
        mesa = Mesa("plan", "PL-GT-01").hasta("visado").hacer("emitir", extra=extra)
        return [list(fila) for fila in impreso(mesa).tablas["firmas"]]

    antes, ahora = emitida(), emitida(visacion=True)
    assert ahora[:-1] == antes
    assert ahora[-1] == ["Visación técnica", "", "Organismo externo", "", "Oficio N° 6", "10-03-2026"]
