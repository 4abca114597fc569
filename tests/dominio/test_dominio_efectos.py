"""Qué archivos deja cada acto en la carpeta del documento."""

from __future__ import annotations

from datetime import date, timedelta

from mesa_dominio import Mesa, resumen

FUTURO = date(2026, 4, 1)


def con_datos(mesa: Mesa, acto: str, datos: str) -> Mesa:
    """El acto, con datos que acompañan al archivo."""
    extra = {"datos_sha256": resumen(datos)} if datos else {}
    return mesa.hacer(acto, extra=extra)


def emitido_con_datos() -> Mesa:
    return con_datos(Mesa().hacer("crear"), "generar", "a").hacer("enviar").hacer("revisar").hacer("aprobar")


def test_el_borrador_y_sus_datos_pasan_a_regir_juntos() -> None:
    mesa = emitido_con_datos()
    assert mesa.archivos() == ["borrador/PR-GT-01_v01.datos.yaml", "borrador/PR-GT-01_v01.docx"]
    mesa.hacer("emitir")
    assert mesa.archivos() == ["PR-GT-01_v01.datos.yaml", "PR-GT-01_v01.docx"]
    assert mesa.arbol["documentos/GT/PR-GT-01/PR-GT-01_v01.datos.yaml"] == resumen("a")


def test_la_vigente_sigue_en_su_lugar_mientras_se_trabaja_la_siguiente() -> None:
    mesa = emitido_con_datos().hacer("emitir")
    mesa.hacer("nueva-version").hacer("entregar")
    assert mesa.archivos() == [
        "PR-GT-01_v01.datos.yaml",
        "PR-GT-01_v01.docx",
        "borrador/PR-GT-01_v02.docx",
    ]
    mesa.hacer("descartar")
    assert mesa.archivos() == ["PR-GT-01_v01.datos.yaml", "PR-GT-01_v01.docx"]


def test_al_emitir_solo_queda_la_que_rige() -> None:
    mesa = emitido_con_datos().hacer("emitir").siguiente().hacer("emitir")
    assert mesa.archivos() == ["PR-GT-01_v02.docx"]


def test_emitida_a_futuro_espera_aparte_y_entra_con_su_fecha() -> None:
    mesa = emitido_con_datos().hacer("emitir").hacer("nueva-version")
    con_datos(mesa, "generar", "b").hacer("enviar").hacer("revisar").hacer("aprobar")
    mesa.hacer("emitir", vigente_desde=FUTURO)
    assert mesa.archivos() == [
        "PR-GT-01_v01.datos.yaml",
        "PR-GT-01_v01.docx",
        "por_regir/PR-GT-01_v02.datos.yaml",
        "por_regir/PR-GT-01_v02.docx",
    ]
    sellado = mesa.arbol["documentos/GT/PR-GT-01/por_regir/PR-GT-01_v02.docx"]
    mesa.ahora += timedelta(days=40)
    mesa.hacer("regir", fecha=FUTURO)
    assert mesa.archivos() == ["PR-GT-01_v02.datos.yaml", "PR-GT-01_v02.docx"]
    assert mesa.arbol["documentos/GT/PR-GT-01/PR-GT-01_v02.docx"] == sellado


def test_mantener_entre_la_emision_y_su_fecha_no_mueve_nada() -> None:
    mesa = Mesa().hasta("vigente").siguiente().hacer("emitir", vigente_desde=FUTURO)
    antes = mesa.archivos()
    assert mesa.dia(3).hacer("mantener").archivos() == antes
    assert mesa.dia(30).hacer("regir", fecha=FUTURO).archivos() == ["PR-GT-01_v02.docx"]


def test_un_archivo_de_cualquier_formato_puede_cambiar_de_extension() -> None:
    mesa = Mesa("archivo", "FO-GT-01", extension=".xlsx").hacer("crear").hacer("entregar")
    assert mesa.archivos() == ["borrador/FO-GT-01_v01.xlsx"]
    mesa.extension = ".pdf"
    assert mesa.hacer("entregar").archivos() == ["borrador/FO-GT-01_v01.pdf"]
    mesa.hacer("enviar").hacer("revisar").hacer("aprobar").hacer("emitir")
    assert mesa.archivos() == ["FO-GT-01_v01.pdf"]
    mesa.extension = ".xlsx"
    assert mesa.siguiente().hacer("emitir").archivos() == ["FO-GT-01_v02.xlsx"]


def test_dejar_sin_efecto_retira_la_copia_y_deja_la_ficha() -> None:
    mesa = emitido_con_datos().hacer("emitir").hacer("dejar-sin-efecto")
    assert mesa.archivos() == []


def test_generar_sin_datos_retira_los_anteriores() -> None:
    mesa = con_datos(Mesa().hacer("crear"), "generar", "a")
    assert mesa.hacer("generar").archivos() == ["borrador/PR-GT-01_v01.docx"]


def test_entregar_conserva_los_datos() -> None:
    mesa = con_datos(Mesa().hacer("crear"), "generar", "a").hacer("entregar")
    assert mesa.archivos() == ["borrador/PR-GT-01_v01.datos.yaml", "borrador/PR-GT-01_v01.docx"]


def test_lo_ajeno_a_la_version_no_se_toca() -> None:
    """Un archivo que alguien dejó en la carpeta no es asunto de ningún acto."""
    mesa = Mesa().hasta("vigente")
    ajeno = "documentos/GT/PR-GT-01/notas.txt"
    mesa.arbol[ajeno] = resumen("notas")
    mesa.siguiente().hacer("emitir").hacer("dejar-sin-efecto")
    assert mesa.archivos() == ["notas.txt"]


def test_un_registro_queda_sin_version_en_su_carpeta() -> None:
    mesa = Mesa("acta", "RG-SGC-05/2026/001").hasta("archivado")
    assert list(mesa.arbol) == ["registros/RG-SGC-05/2026/001/RG-SGC-05_2026_001.docx"]


def test_archivar_no_toca_la_historia() -> None:
    assert Mesa("archivo", "RG-SGC-05/2026/001").hacer("registrar").arbol == {}
