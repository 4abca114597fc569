"""Alguien llega con un papel o con un archivo: de qué es, si rige, y si le cambiaron algo."""

from __future__ import annotations

from pathlib import Path

import docx
from casa import Casa

from sgc_gt.dominio.impresion import codigo_corto


def _impreso(casa: Casa, version: str) -> str:
    actos = casa.ficha("PR-FOM-01")["actos"]
    return codigo_corto(
        next(a["huella"] for a in reversed(actos) if a["version"] == version and "huella" in a)
    )


def test_el_codigo_de_un_papel(casa: Casa) -> None:
    uno = _impreso(casa, "01")
    [d] = casa.hace("verificar --codigo", uno.lower().replace("-", " ").replace("0", "o"))["documentos"]
    assert (d["codigo"], d["version"], d["estado"], d["verificacion"]) == ("PR-FOM-01", "01", "vigente", uno)
    assert (d["emitida"], d["aprobo"]) == ("2025-03-03", "Director/a Nacional (el 03-03-2025)")
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.editar("PR-FOM-01", "Un plazo nuevo.")
    casa.hace("entregar PR-FOM-01", de="cr1")
    antes = _impreso(casa, "02")
    casa.editar("PR-FOM-01", "Otro plazo, corregido.")
    casa.hace("entregar PR-FOM-01", de="cr1")
    casa.hasta("PR-FOM-01", "emitir")
    assert casa.dice(f"verificar --codigo {uno[:9]}").splitlines() == [
        "NO RIGE: obsoleto desde el 10-03-2025 (reemplazada por la versión 02).",
        "  Es PR-FOM-01 versión 01, «Otorgamiento de subsidios».",
        "  Emitido el 03-03-2025.",
        "  Aprobado por Director/a Nacional (el 03-03-2025).",
        "  Hoy rige la versión 02: pídala con sgc-gt copia PR-FOM-01.",
        f"  Código de verificación {uno}.",
    ]
    assert "VIGENTE desde el 10-03-2025" in casa.dice(f"verificar --codigo {_impreso(casa, '02')}")
    assert "borrador que después cambió" in casa.dice(f"verificar --codigo {antes}")
    nadie = casa.orden("verificar --codigo 0000-1111-2222-3333", json=False)
    assert (nadie.codigo, nadie.texto.splitlines()[0]) == (
        0,
        "Ningún documento puesto en vigencia aquí tiene el código 0000-1111-2222-3333: "
        "revise que esté bien copiado.",
    )
    un_digito = ("1" if uno[0] != "1" else "2") + uno[1:]
    assert f"¿Quiso decir {uno}? Difiere en un dígito." in casa.dice(f"verificar --codigo {un_digito}")
    hecho = casa.hace(f"verificar --codigo {un_digito}")
    assert (hecho["documentos"], hecho["parecidos"]) == ([], [uno])
    casa.negada("verificar --codigo 123", codigo=2, dice="3 dígitos")
    casa.negada("verificar --codigo 12345678 --archivo x.docx", codigo=2, dice="cada uno por su lado")


def test_el_archivo_que_alguien_trae(casa: Casa, tmp_path: Path) -> None:
    def es(archivo: object) -> tuple[str, list[str]]:
        r = casa.hace("verificar --archivo", str(archivo))
        return r["resultado"], [f"{d['codigo']} {d['version']} {d['estado']}" for d in r["documentos"]]

    vigente = casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx")
    suyo = ["PR-FOM-01 01 vigente"]
    assert es(vigente) == ("identico", suyo)
    assert es(casa.hace(f"copia PR-FOM-01 -o {tmp_path}")["archivo"]) == ("identico", suyo)
    copia = casa.hace(f"copia PR-FOM-01 --no-controlada -o {tmp_path}/mia.docx")["archivo"]
    assert es(copia) == ("mismo_texto", suyo)
    documento = docx.Document(copia)
    documento.core_properties.title = "Cualquier cosa"
    documento.save(str(tmp_path / "guardado de nuevo.docx"))
    assert es(tmp_path / "guardado de nuevo.docx") == ("mismo_texto", suyo)
    parrafo = next(p for p in documento.paragraphs if "Ordenar la entrega" in p.text)
    parrafo.runs[0].text = "Ordenar la entrega de los subsidios"  # le quitaron el punto final
    documento.save(str(tmp_path / "cambiado.docx"))
    assert es(tmp_path / "cambiado.docx") == ("texto_cambiado", suyo)
    assert "EL TEXTO NO ES EL REGISTRADO" in casa.dice("verificar --archivo", str(tmp_path / "cambiado.docx"))
    [oficio] = casa.raiz.glob("registros/RG-GT-10/*/*/evidencias/*")
    assert es(oficio) == ("identico", ["RG-GT-10/2025/001  archivado"])
    nada = tmp_path / "otro.docx"
    docx.Document().save(str(nada))
    assert es(nada) == ("desconocido", [])
    casa.negada("verificar --archivo", str(tmp_path / "no esta.docx"), codigo=2, dice="no existe")


def test_un_borrador_que_todavia_dice_lo_de_la_vigente(casa: Casa, tmp_path: Path) -> None:
    """La copia dice ser la 02: que su texto coincida con el de la 01 no la hace regir."""
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    copia = casa.hace(f"copia PR-FOM-01 --version 2 -o {tmp_path}")["archivo"]
    dicho = casa.dice("verificar --archivo", copia)
    assert dicho.startswith("NO RIGE: está en estado «borrador».\n  Es PR-FOM-01 versión 02")
    assert "coincide con el de la versión 01 (vigente)" in dicho


def test_lo_que_no_es_un_documento_se_dice_por_lo_que_es(casa: Casa) -> None:
    casa.negada("copia RG-GT-10", codigo=2, dice="es una serie de registros")
    casa.hace("externo alta EX-77 --titulo Norma --emisor INN --verifica cdoc --ubicacion Biblioteca")
    casa.negada(
        "expediente EX-77", codigo=2, dice="es un documento externo, «Norma», de INN; está en: Biblioteca"
    )
    for orden in ("listas", "copia PR-FOM-01", "auditar", "expediente PR-FOM-01", "estandarizacion"):
        casa.negada(f"{orden} --fecha 15-03-2099", codigo=2, dice="todavía no llega")
    assert "Ese día no ha llegado" in casa.dice("estado --fecha 15-03-2099")
