"""La auditoría en vivo: lo que dice de cada cláusula es lo que dicen el historial y las listas."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from casa import Casa, Reloj, revisar_lengua
from navegador import auditar as accesible

FIN = "31-12-2024"


@pytest.fixture
def auditado(anio: Path, reloj: Reloj) -> Casa:
    """El año de demostración, sin copiarlo: auditar no escribe."""
    return Casa(anio, reloj)


def clausulas(casa: Casa, norma: str, fecha: str = FIN, mas: str = "") -> dict[str, dict[str, Any]]:
    """número → la cláusula, tal como la responde --json."""
    salida = casa.orden(f"auditar --norma {norma} --fecha {fecha} {mas}")
    assert salida.codigo == (1 if any(c["alertas"] for c in salida.valor) else 0), salida
    return {c["clausula"]: c for c in salida.valor}


def pruebas(clausula: dict[str, Any], evidencia: str) -> list[dict[str, Any]]:
    """Las pruebas de una de sus evidencias."""
    [respuesta] = [r for r in clausula["evidencias"] if r["evidencia"] == evidencia]
    return list(respuesta["pruebas"])


def test_lo_que_la_auditoria_dice_es_lo_que_dicen_el_historial_y_las_listas(auditado: Casa) -> None:
    casa = auditado
    de_2008, de_2015 = clausulas(casa, "2008"), clausulas(casa, "2015")
    vigentes = {f["codigo"]: f for f in casa.hace(f"estado --fecha {FIN}") if f["estado"] == "vigente"}
    actos = casa.hace("historial")

    aprobaciones = pruebas(de_2008["4.2.3 a)"], "aprobacion")
    assert {p["documento"] for p in aprobaciones} == set(vigentes)
    for p in aprobaciones:
        [acto] = [a for a in actos if (a["codigo"], a["n"]) == (p["documento"], p["movimiento"])]
        assert (acto["acto"], acto["version"], acto["fecha"]) == ("aprobar", p["version"], p["fecha"])
    lista = pruebas(de_2015["4.4.2 a)"], "lista_maestra")
    assert {(p["documento"], p["version"]) for p in lista} == {(c, f["version"]) for c, f in vigentes.items()}

    pedidos = [f for f in casa.hace("registros --periodo 2024") if f["pedido"]]
    vistos = pruebas(de_2008["4.2.1 c)"], "registros_pedidos")
    assert sorted(p["documento"] for p in vistos) == sorted(f["procedimiento"] for f in pedidos)
    assert {(p["documento"], bool(p["alerta"])) for p in vistos} >= {
        (f["procedimiento"], True) for f in pedidos if f["falta"]
    }
    archivados = pruebas(de_2008["4.2.4 (recuperación)"], "registros_archivados")
    assert {p["documento"] for p in archivados} == {
        a["codigo"] for a in actos if "/" in a["codigo"] and a["acto"] in ("registrar", "emitir", "resolver")
    }
    obsoletas = pruebas(de_2008["4.2.3 g)"], "obsoletos")
    assert {(p["documento"], p["version"], p["fecha"]) for p in obsoletas} == {
        ("PR-FOM-03", "01", "2024-05-02"),
        ("PL-GT-01", "01", "2024-09-02"),
        ("PG-GT-01", "01", "2024-09-02"),
        ("FI-GT-01", "01", "2024-09-02"),
        ("PR-FOR-08", "01", "2024-10-07"),
    }
    externos = pruebas(de_2008["4.2.3 f)"], "externos")
    altas = [a for a in actos if a["acto"] == "externo" and a["extra"]["accion"] == "alta"]
    assert {p["documento"] for p in externos} == {a["extra"]["id"] for a in altas}

    assert set(de_2008["4.2.3"]) == {
        "clausula", "titulo", "pide", "estado", "razon", "alertas", "pruebas", "evidencias",
    }  # fmt: skip
    # Nunca verde sin pruebas, y nunca verde lo que el sistema no registra.
    for c in (*de_2008.values(), *de_2015.values()):
        assert c["estado"] != "con_evidencia" or c["pruebas"], c
        assert c["razon"], c
    assert {de_2008["4.2.3 d)"]["estado"], de_2015["7.5.3.2 a)"]["estado"]} == {"con_alertas"}
    auditorias = de_2015["9.3.2 c) 6"]
    assert (auditorias["estado"], bool(auditorias["pruebas"])) == ("con_evidencia", True)


def test_el_pasado_se_audita_como_era(auditado: Casa) -> None:
    antes = clausulas(auditado, "2008", "15-03-2024")
    assert {p["documento"] for p in pruebas(antes["4.2.3 a)"], "aprobacion")} >= {"PR-FOM-03", "PR-GT-01"}
    assert antes["5.6.1"]["estado"] == "sin_evidencia"
    # En marzo nada era obsoleto todavía, y las divisiones no habían firmado que conocen el Diagnóstico.
    assert [r["estado"] for r in antes["4.2.3 g)"]["evidencias"]] == ["no_aplica", "con_alertas"]
    auditado.reloj.dia("2026-12-31")
    despues = clausulas(auditado, "2008", "31-12-2026", "--clausula 4.2.3")
    assert set(despues) == {"4.2.3", *(f"4.2.3 {letra})" for letra in "abcdefg")}
    vencidas = [p for p in pruebas(despues["4.2.3 b)"], "revision_periodica") if p["alerta"]]
    assert vencidas
    assert all("la revisión venció el" in p["alerta"] for p in vencidas)


def test_se_lee_en_pantalla_y_se_niega_en_castellano(auditado: Casa, tmp_path: Path) -> None:
    casa = auditado
    texto = casa.orden(f"auditar --fecha {FIN}", json=False).texto
    assert "Auditoría según ISO 9001:2015" in texto
    assert "Sin evidencia en el sistema:" in texto
    detalle = casa.orden(f"auditar --fecha {FIN} --clausula 7.5.2", json=False).texto
    assert "PR-FOM-03 versión 02, movimiento 12: aprobó Director/a Nacional (S)" in detalle
    assert "Se ve con: sgc-gt historial PR-FOM-03" in detalle
    for linea in detalle.splitlines():
        revisar_lengua(" ".join(linea.split()))
    casa.negada(
        "auditar --norma 2026", codigo=2, dice="ISO 9001:2015 o ISO 9001:2008, o la ruta de un archivo"
    )
    casa.negada("auditar --clausula 8.4", codigo=2, dice="no trae una cláusula «8.4»")
    casa.negada("auditar --clausula 7.5 -o x", codigo=2, dice="con -o va la auditoría entera")
    mala = tmp_path / "mala.yaml"
    mala.write_text("edicion: X\nestado: vigente\n", "utf-8")
    casa.negada(
        f"auditar --norma {mala}", codigo=2, dice="no sirve como edición de la norma: tiene un problema"
    )
    casa.negada(f"auditar -o {casa.raiz / 'documentos'}", codigo=2, dice="dentro de la carpeta del servicio")


def test_la_auditoria_se_lleva_en_una_carpeta(auditado: Casa, llevada: Path) -> None:
    respuesta = json.loads((llevada / "respuesta.json").read_text("utf-8"))
    guardado = json.loads((llevada / "llevar" / "auditoria.json").read_text("utf-8"))
    assert guardado["clausulas"] == respuesta
    cuantos = auditado.git("rev-list", "--count", "HEAD").strip()
    assert guardado["historia"]["resultado"] == f"historia repetida completa: {cuantos} movimientos, correcta"
    pagina = (llevada / "llevar" / "auditoria.html").read_text("utf-8")
    for c in respuesta:
        assert f"{c['clausula']} {c['titulo']}" in pagina
    # Cada prueba de un código con expediente lleva a él, y nada apunta a lo que no va en el paquete.
    enlazados = set(re.findall(r'href="([^"#]+)"', pagina))
    assert any("FO-GT-06" in e for e in enlazados)
    assert [e for e in enlazados if not (llevada / "llevar" / e).is_file()] == []
    assert "http" not in pagina.replace("http-equiv", "")


def test_de_una_edicion_a_otra(auditado: Casa, tmp_path: Path) -> None:
    casa = auditado
    ida = casa.hace(f"auditar --transicion 2015 2008 --fecha {FIN}")
    por_numero = {f["clausula"]: f for f in ida["filas"]}
    assert [c["clausula"] for c in por_numero["7.5.3.2 c)"]["sigue"]] == ["4.2.3 c)", "4.2.3 g)"]
    assert {c["documento"] for c in por_numero["7.5.2 c)"]["citas"]} == {"PR-SGC-01"}
    assert {c["documento"] for c in por_numero["9.3.2 c) 2"]["citas"]} == {"PR-GT-01"}
    assert por_numero["6.2.1"]["citas"] == []  # en PR-SGC-01, 6.2.1 es una sección propia
    assert {b["clausula"] for b in ida["brechas"]} == {"4.2.1 b)", "4.2.2", "4.2.3", "4.2.4", "8.5.3"}
    corregir = {d["documento"]: d for d in ida["por_corregir"]}
    assert corregir["PR-SGC-01"]["responsable"] == "Profesional de Control Documental"
    assert corregir["PR-SGC-01"]["secciones"] == sorted(corregir["PR-SGC-01"]["secciones"], key=float)
    assert [(e["id"], "reemplazar EX-01" in e["hacer"]) for e in ida["externos"]] == [("EX-01", True)]

    vuelta = casa.hace(f"auditar --transicion 2008 2015 --fecha {FIN} -o {tmp_path}")
    pares = {(f["clausula"], c["clausula"]) for f in vuelta["filas"] for c in f["sigue"]}
    assert pares == {(c["clausula"], f["clausula"]) for f in ida["filas"] for c in f["sigue"]}
    assert {d["documento"] for d in vuelta["por_corregir"]} == {"PR-GT-01"}  # el otro ya dice 2015
    assert [e["hacer"] for e in vuelta["externos"]] == ["ya dice la edición 2015"]
    hoja = openpyxl.load_workbook(tmp_path / "transicion.xlsx").active
    celdas = {str(c.value) for fila in hoja.iter_rows() for c in fila}
    assert {"4.2.3 g)", "7.5.3.1 a), 7.5.3.1 b), 7.5.3.2 c), 7.5.3.2 d)"} <= celdas

    casa.negada("auditar --transicion 2008 2015 --norma 2008", codigo=2, dice="quite --norma")
    casa.negada("auditar --transicion 2015 2015", codigo=2, dice="diga dos ediciones distintas")
    propia = tmp_path / "iso_2030.yaml"
    propia.write_text(PROPIA, "utf-8")
    casa.negada(f"auditar --transicion 2015 {propia}", codigo=2, dice="no hay un cruce entre ISO 9001:2015")


PROPIA = """\
edicion: "ISO 9001:2030"
estado: sin confirmar
clausulas:
  - {numero: "7.5", titulo: Documentos, pide: Que haya documentos., evidencias: [lista_maestra]}
  - {numero: "8", titulo: Operación, pide: Lo que sea., no_aplica: No es del control de documentos.}
"""


def test_una_edicion_que_todavia_no_existe_se_audita_y_se_dice_sin_confirmar(
    auditado: Casa, tmp_path: Path
) -> None:
    propia = tmp_path / "iso_2030.yaml"
    propia.write_text(PROPIA, "utf-8")
    salida = auditado.orden(f"auditar --norma {propia} --fecha {FIN}")
    assert (salida.codigo, [c["estado"] for c in salida.valor]) == (0, ["con_evidencia", "no_aplica"])
    assert salida.valor[1]["razon"] == "No es del control de documentos."
    texto = auditado.dice(f"auditar --norma {propia} --fecha {FIN}")
    assert "Auditoría según ISO 9001:2030 (sin confirmar)" in texto


@pytest.mark.navegador
def test_las_paginas_son_accesibles(auditado: Casa, llevada: Path, tmp_path: Path) -> None:
    auditado.orden(f"auditar --transicion 2015 2008 --fecha {FIN} -o {tmp_path}")
    for pagina in (llevada / "llevar" / "auditoria.html", tmp_path / "transicion.html"):
        hallado = accesible(pagina.read_text("utf-8"), tmp_path)
        assert (pagina.name, hallado["fallas"], hallado["revisadas"] > 10) == (pagina.name, [], True)
