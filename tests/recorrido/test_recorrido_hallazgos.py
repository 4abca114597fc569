"""Los hallazgos típicos sobre servicios de verdad: la demostración, una copia dañada y uno con defectos sembrados."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from casa import Casa, Reloj, mandar

from sgc_gt.cli import o_inicio
from sgc_gt.consultas.hallazgos import hallazgos
from sgc_gt.consultas.versiones import archivo_de
from sgc_gt.contexto import Contexto, Persona
from sgc_gt.ejemplo.evidencia import pdf
from sgc_gt.reglas.hallazgos.valores import CON_HALLAZGO, SIN_DATOS, Resultado

ENTRADA = Path(__file__).resolve().parents[3] / "shared" / "entrada"
EN_LA_DEMOSTRACION = {
    "N-01": ["la copia N° 4 (papel) de PR-FOM-03 versión 01"],  # Magallanes no la ha devuelto
    "N-10": ["RG-GT-01 versión 01 debía revisarse el 20-02-2025"],  # el año siguiente no trae su Diagnóstico
    "N-18": [  # nadie volvió a verificar los externos al cumplirse el año; la ley es la de 2024
        *[f"EX-{n:02}" for n in range(2, 4)], "la de 2024 y corre 2025", *[f"EX-{n:02}" for n in range(4, 13)],
    ],
    "N-20": ["PR-FOM-03 versión 02 no consta el conocimiento de 4 de 16 destinatarios"],
    "N-24": [  # la versión quedó en camino en diciembre, y el acta de ese mes pidió otras que nadie abrió
        "PR-GT-01 versión 02 está en «Borrador»",
        *[f"RG-SGC-05/2024/002 decidió modificar {c}" for c in ("RG-GT-01", "PL-GT-01", "PG-GT-01")],
    ],
    "N-31": ["RG-GT-03/2024/001#3", "PG-GT-02#S5"],  # uno sin rendir desde agosto y otro desde febrero
    "N-33": ["el acuerdo con Ñuble está «en negociación»"],  # firmó en diciembre: el Plan aún no lo recoge
    "N-35": ["Faltan la jornada de Magallanes"],  # y nadie archivó que se hizo
}  # fmt: skip
"""Lo que se ve el 10-03-2025 en el año 2024, y por qué: el guion deja a propósito cosas por hacer."""
SEMBRADOS = {
    "N-01": ["PR-FOM-03 versión 03: la copia 7 en papel"],  # DEF-9
    "N-25": ["sesión 2: no responde 6 entradas", "sesión 2: no dejó ninguna decisión"],  # DEF-10
    "N-04": ["FO-GT-06 versión 02"],  # DEF-6
    "N-09": ["MC-SGC-01", "PR-SGC-01", "PR-SGC-02", "PR-SGC-05", "PR-FOM-03", "PR-FOR-01", "FO-GT-06"],
    "N-10": ["PR-FOM-03 versión 04: se declaró con su revisión vencida"],  # DEF-5
    "N-15": ["RG-GT-06"],  # DEF-7
    "N-18": ["EX-03"],  # DEF-8
    "N-27": ["el indicador IND-05 no tiene medio de verificación", "IND-05 se mide desde el 31-03-2026"],  # DEF-1
    "N-33": [  # DEF-2 y DEF-3
        "Aysén del General Carlos Ibáñez del Campo no trae compromisos formalizados",
        "Ñuble no trae formato, periodicidad y meses de entrega", "Ñuble está «en negociación»",
    ],
    "N-34": ["PE4: IN-ATC-02 debía regir el 31-10-2026 y está «borrador»"],  # DEF-11
    "N-36": ["A09 «Ruta 2 de ventanilla móvil» no tiene responsable"],  # DEF-4
}  # fmt: skip
"""Los once defectos sembrados, cada uno por su regla, y lo demás que es cierto.

N-09: siete documentos se declararon vigentes y su archivo no se ha importado. La segunda evidencia de N-27: el
mismo indicador mal definido, trimestral, no tiene una sola medición en el año.
"""


def mirar(raiz: Path, fecha: date) -> dict[str, Resultado]:
    """Los hallazgos de esa carpeta en esa fecha, por su identificador."""
    ctx = Contexto(raiz, o_inicio.reloj, Persona(""))
    return {r.id: r for r in hallazgos(ctx.vista(), fecha)}


def hallados(resultados: dict[str, Resultado]) -> dict[str, list[str]]:
    return {i: [s.evidencia for s in r.evidencia] for i, r in resultados.items() if r.estado == CON_HALLAZGO}


def exigir(vistos: dict[str, list[str]], esperados: dict[str, Sequence[str]]) -> None:
    """Que haya esos y ninguno más, y que cada evidencia diga lo suyo, en orden."""
    assert vistos.keys() == esperados.keys()
    for id_, dichos in esperados.items():
        assert len(vistos[id_]) == len(dichos), vistos[id_]
        assert all(d in v for d, v in zip(dichos, vistos[id_], strict=True)), vistos[id_]


@pytest.mark.lento
def test_la_demostracion_no_tiene_un_hallazgo_que_no_se_explique(demo: Casa) -> None:
    vistos = mirar(demo.raiz, date(2025, 3, 10))
    exigir(hallados(vistos), EN_LA_DEMOSTRACION)
    assert {i for i, r in vistos.items() if r.estado == SIN_DATOS} == {"N-11", "N-17", "N-26"}
    # Alguien deja una obsoleta en la carpeta, pierde un registro y cambia otro.
    demo.adulterada = True
    vista = Contexto(demo.raiz, o_inicio.reloj, Persona("")).vista()
    obsoleta = archivo_de(vista, vista.ficha("PR-FOM-03"), "01", date(2025, 3, 10)).contenido
    demo.ruta("documentos/FOM/PR-FOM-03/copia de trabajo.docx").write_bytes(obsoleta)
    demo.ruta("documentos/FOM/PR-FOM-03/final final.docx").write_bytes(b"PK")
    registros = sorted(demo.raiz.glob("registros/RG-GT-05/2024/*/evidencias/*.pdf"))
    for archivo in registros[:2]:
        archivo.chmod(0o644)
    registros[0].unlink()
    registros[1].write_bytes(pdf("acuerdo.pdf", "Otra cosa").contenido)
    nuevos = hallados(mirar(demo.raiz, date(2025, 3, 10)))
    assert (
        "documentos/FOM/PR-FOM-03/copia de trabajo.docx es PR-FOM-03 versión 01, que ya no rige"
        in nuevos["N-01"]
    )
    assert len(nuevos["N-01"]) == 2
    assert nuevos["N-23"] == [
        "documentos/FOM/PR-FOM-03/final final.docx: ningún movimiento puso aquí este archivo"
    ]
    assert nuevos["N-14"] == [f"{registros[0].name}, de RG-GT-05/2024/001: no está en su carpeta"]
    assert nuevos["N-13"] == [
        f"{registros[1].name}, de RG-GT-05/2024/002: ya no es el archivo del 13-05-2024"
    ]


def test_un_escaneo_sin_texto_y_un_rut_a_la_vista_se_ven(casa: Casa) -> None:
    con_rut = pdf("acta.pdf", "Asiste RUT 12.345.678-5").contenido
    en_blanco = con_rut.replace(b"Tj", b"  ")
    for nombre, contenido in (
        ("acta.pdf", con_rut),
        ("escaneo.pdf", en_blanco),
        ("roto.pdf", b"%PDF-1.7\nroto"),
    ):
        casa.hace("registrar RG-GT-10 --fecha 2025-03-03", casa.adjunto(nombre, contenido))
    vistos = hallados(mirar(casa.raiz, date(2025, 3, 10)))
    [rut] = vistos["N-37"]
    assert "trae RUT de personas (…78-5)" in rut
    assert "12.345.678" not in str(vistos)
    assert [e.partition(": ")[2] for e in vistos["N-22"]] == [
        "el archivo no se puede abrir",  # el oficio de la partida es un PDF sin una sola página
        "ninguna página tiene texto: es un escaneo sin reconocer",
        "el archivo no se puede abrir",
    ]


@pytest.mark.entrada
def test_en_el_servicio_con_defectos_se_ven_los_once_y_ninguno_falso(
    reloj: Reloj, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reloj.dia("2026-11-26")
    monkeypatch.setattr(o_inicio, "reloj", reloj)
    raiz = tmp_path / "sgc"
    mandar(["iniciar", str(raiz), "--servicio", str(ENTRADA / "servicio_senopl.yaml")])
    en_auditoria = hallados(mirar(raiz, date(2026, 11, 26)))
    exigir(en_auditoria, SEMBRADOS)
    casa = Casa(raiz, reloj)
    assert casa.verificar()["ok"]
    # El chequeo dice lo mismo, cada cosa con su evidencia, lo que se pide y lo que se afirma.
    vistas = [a for a in casa.orden("comprobar").valor if a["regla"].startswith("N-")]
    assert all(a["evidencia"] and a["requisito"] and a["enunciado"] and a["sugerencia"] for a in vistas)
    assert {a["gravedad"] for a in vistas} == {"corregir"}
    assert {a["responsable"] for a in vistas} == {"cdoc", "egt", "ecal", "cr5", "dr", "dr-12"}
    dichos = sorted((i, e) for i, evidencias in en_auditoria.items() for e in evidencias)
    assert sorted((a["regla"], a["evidencia"]) for a in vistas) == dichos
