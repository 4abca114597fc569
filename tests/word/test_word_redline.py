"""El Word con cambios marcados: aceptar todo da lo nuevo, rechazar todo da lo anterior, o no se entrega."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from libreoffice import editar
from mini_docx import mini_docx, mini_partes, png

from sgc_gt.cli.principal import ejecutar
from sgc_gt.dominio.forma import texto_de
from sgc_gt.errores import EntradaInvalida, ProgramaAusente
from sgc_gt.word import redline
from sgc_gt.word.extraer import forma_de_partes, forma_normal, tiene_revisiones
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.puerta import abrir
from sgc_gt.word.resolver import aceptar, rechazar

CUANDO = datetime(2026, 3, 10, 12, tzinfo=UTC)
ANTES = (
    "zona codigo / zona version / T1 Objetivo / p Ordenar la entrega de los subsidios. / T1 Plazos / "
    "n1 Se responde en cinco días hábiles. / n1 Se notifica por correo. / p Las oficinas provinciales se rigen por sus "
    "convenios vigentes. / tabla Indicador|Meta;Cobertura|80%;Reclamos|10 / nota El plazo :: En días hábiles. / zona cambios"
)
DESPUES = (
    "zona codigo / zona version / T1 Objetivo / p Ordenar la entrega y la rendición de los subsidios. / p Las oficinas "
    "provinciales se rigen por sus convenios vigentes. / T1 Plazos / n1 Se responde en diez días hábiles. / p Un párrafo nuevo. / "
    "tabla Indicador|Meta;Cobertura|90%;Terreno|12;Reclamos|10 / nota El plazo :: En días corridos. / zona cambios / T1 Anexos"
)


def r(texto: str, etiqueta: str = "t") -> str:
    return f'<w:r><w:{etiqueta} xml:space="preserve">{texto}</w:{etiqueta}></w:r>'


def entre(clase: str, dentro: str) -> str:
    return f'<w:{clase} w:id="9" w:author="x" w:date="2026-01-01T00:00:00Z">{dentro}</w:{clase}>'


MARCA = {c: f'<w:pPr><w:rPr><w:{c} w:id="8" w:author="x"/></w:rPr></w:pPr>' for c in ("ins", "del")}
FILA = "<w:tr>{0}<w:tc><w:tcPr/><w:p>{1}</w:p></w:tc></w:tr>"


@pytest.mark.parametrize(
    ("cuerpo", "aceptado", "rechazado"),
    [
        (f"<w:p>{r('Son ')}{entre('del', r('cinco', 'delText'))}{entre('ins', r('diez'))}</w:p>", "Son diez", "Son cinco"),
        (f"<w:p>{MARCA['ins']}{entre('ins', r('Nuevo'))}</w:p><w:p>{r('Sigue')}</w:p>", "Nuevo\nSigue", "Sigue"),
        (f"<w:p>{MARCA['del']}{entre('del', r('Viejo', 'delText'))}</w:p><w:p>{r('Sigue')}</w:p>", "Sigue", "Viejo\nSigue"),
        (f"<w:p>{MARCA['del']}{r('Uno ')}</w:p><w:p>{r('dos')}</w:p>", "Uno dos", "Uno \ndos"),
        (
            "<w:tbl>" + FILA.format("", r("a")) + FILA.format(f"<w:trPr>{entre('ins', '')}</w:trPr>", entre("ins", r("b"))) + "</w:tbl>",
            "a\nb",
            "a",
        ),
        (
            "<w:tbl>" + FILA.format(f"<w:trPr>{entre('del', '')}</w:trPr>", entre("del", r("a", "delText"))) + FILA.format("", r("b")) + "</w:tbl>",
            "b",
            "a\nb",
        ),
        (
            f"<w:p>{entre('moveFrom', r('Va'))}{r('uno')}</w:p><w:p>{r('dos')}{entre('moveTo', r('Va'))}</w:p>",
            "uno\ndosVa",
            "Vauno\ndos",
        ),
    ],
)  # fmt: skip
def test_aceptar_y_rechazar_lo_que_word_marca(cuerpo: str, aceptado: str, rechazado: str) -> None:
    partes = mini_partes(f"xml {cuerpo}")

    assert texto_de(forma_de_partes(aceptar(partes)).bloques) == aceptado
    assert texto_de(forma_de_partes(rechazar(partes)).bloques) == rechazado


def test_rechazar_devuelve_el_formato_que_dice_algo() -> None:
    """Tachar con control de cambios: al rechazar, la palabra deja de estar tachada."""
    tachado = f"<w:rPr><w:strike/>{entre('rPrChange', '<w:rPr/>')}</w:rPr>"
    partes = mini_partes(f"xml <w:p><w:r>{tachado}<w:t>norma</w:t></w:r></w:p>")

    assert [m.clase for m in forma_de_partes(aceptar(partes)).bloques[0].marcas] == ["tachado"]
    assert forma_de_partes(rechazar(partes)).bloques[0].marcas == ()


@pytest.mark.redline
def test_lo_marcado_es_fiel_a_los_dos_con_zonas_tablas_notas_imagen_y_encabezado() -> None:
    antes = mini_docx(ANTES + " / imagen Mapa", encabezado="p Servicio / zona version", pie="p Copia")
    despues = mini_docx(
        DESPUES + " / imagen Mapa",
        encabezado="p Servicio nuevo / zona version",
        pie="p Copia",
        imagen=png(color=(0, 0, 9)),
    )

    marcado = redline.con_cambios_marcados(antes, despues, "Comparación", CUANDO)

    assert tiene_revisiones(marcado)
    for resolver, esperado in ((aceptar, despues), (rechazar, antes)):
        leido, debido = forma_de_partes(resolver(abrir(marcado, "m"))), forma_normal(esperado)
        assert leido.bloques == debido.bloques
        assert set(leido.encabezados) == set(debido.encabezados)


@pytest.mark.uno
@pytest.mark.libreoffice
@pytest.mark.redline
@pytest.mark.parametrize(
    ("orden", "queda"), [("AcceptAllTrackedChanges", DESPUES), ("RejectAllTrackedChanges", ANTES)]
)
def test_libreoffice_acepta_y_rechaza_lo_mismo(tmp_path: Path, orden: str, queda: str) -> None:
    """Otro programa, que no sabe cómo se comprueba aquí, llega a los mismos dos documentos."""
    marcado = tmp_path / "marcado.docx"
    marcado.write_bytes(
        redline.con_cambios_marcados(mini_docx(ANTES), mini_docx(DESPUES), "Comparación", CUANDO)
    )

    resuelto = editar(marcado, tmp_path / "resuelto.docx", f"menu|{orden}").read_bytes()

    assert texto_de(forma_normal(resuelto).bloques) == texto_de(forma_normal(mini_docx(queda)).bloques)


@pytest.mark.redline
def test_los_mismos_dos_dan_los_mismos_bytes() -> None:
    par = mini_docx("p Uno"), mini_docx("p Dos")

    assert redline.con_cambios_marcados(*par, "x", CUANDO) == redline.con_cambios_marcados(*par, "x", CUANDO)


@pytest.mark.redline
def test_por_la_linea_de_ordenes(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(mini_docx("p Se responde en cinco días."))
    (tmp_path / "b.docx").write_bytes(mini_docx("p Se responde en diez días."))
    salida = tmp_path / "marcado.docx"

    assert ejecutar(["comparar", str(tmp_path / "a.docx"), str(tmp_path / "b.docx"), "-o", str(salida)]) == 0
    assert tiene_revisiones(salida.read_bytes())


def test_lo_que_no_es_fiel_no_se_entrega(monkeypatch: pytest.MonkeyPatch) -> None:
    """Un comparador que pierde algo: devuelve el nuevo sin marcar, y rechazar todo no da el anterior."""
    antes, despues = mini_docx("p Uno"), mini_docx("p Dos")
    monkeypatch.setattr(redline, "_marcar", lambda *_: despues)

    with pytest.raises(EntradaInvalida, match="al rechazar todos no resulta la versión anterior"):
        redline.con_cambios_marcados(antes, despues, "x", CUANDO)


def test_una_zona_que_se_pierde_tampoco(monkeypatch: pytest.MonkeyPatch) -> None:
    antes = mini_docx("p Uno / zona codigo")
    partes = mini_partes("p Uno / zona codigo")
    otra = empaquetar({n: c.replace(b"[codigo]", b"[otro]") for n, c in partes.items()})
    monkeypatch.setattr(redline, "_marcar", lambda *_: otra)

    with pytest.raises(EntradaInvalida, match="no son fieles"):
        redline.con_cambios_marcados(antes, antes, "x", CUANDO)


def test_sin_el_comparador_se_dice_que_instalar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_redlines", None)

    with pytest.raises(ProgramaAusente) as rechazo:
        redline.con_cambios_marcados(mini_docx("p Uno"), mini_docx("p Dos"), "x", CUANDO)
    assert "sgc-gt[redline]" in rechazo.value.hacer
    assert rechazo.value.salida == 2


def test_un_documento_con_cambios_pendientes_se_rechaza() -> None:
    pendiente = mini_docx(f"xml <w:p>{entre('ins', r('nuevo'))}</w:p>")

    with pytest.raises(EntradaInvalida, match="el documento nuevo ya trae cambios marcados"):
        redline.con_cambios_marcados(mini_docx("p Uno"), pendiente, "x", CUANDO)


def test_lo_que_no_es_de_word_no_se_marca(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for nombre in ("a.csv", "b.csv"):
        (tmp_path / nombre).write_bytes(nombre.encode())

    codigo = ejecutar(
        [
            "comparar",
            str(tmp_path / "a.csv"),
            str(tmp_path / "b.csv"),
            "--formato",
            "docx",
            "-o",
            str(tmp_path),
        ]
    )

    assert codigo == 1
    assert "no es un documento de Word" in capsys.readouterr().err
