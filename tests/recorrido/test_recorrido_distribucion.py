"""A quién llega un documento: copias numeradas, la hoja que doce personas firmaron y lo que se retira."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from casa import ACTA, Casa, texto_de
from openpyxl import Workbook

TITULOS = ("N°", "Nombre", "Cargo", "Región", "Fecha", "Firma")
REGIONES = ["15", "01", "02", "03", "04", "05", "13", "06", "07", "16", "08", "09"]
"""Las doce que alcanzaron a firmar; faltan Los Ríos, Los Lagos, Aysén y Magallanes."""


def hoja_de(regiones: list[str], *mas: tuple[object, ...]) -> bytes:
    """Una lista de asistencia como la que llena una jornada: membrete, títulos y filas."""
    libro = Workbook()
    hoja = libro.active
    hoja.title = "Asistencia"
    hoja.append(["Servicio de Prueba"])
    hoja.append(["Jornada de difusión del procedimiento"])
    hoja.append([])
    hoja.append(TITULOS)
    for n, region in enumerate(regiones, start=1):
        hoja.append([n, "(en la hoja)", "Directora Regional", region, date(2025, 3, 12), "firmado"])
    for fila in mas:
        hoja.append(fila)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def test_de_la_entrega_a_la_hoja_firmada_y_al_retiro(casa: Casa, tmp_path: Path) -> None:
    [fila] = casa.hace("estado PR-FOM-01")
    assert (fila["conocimientos"], fila["destinatarios"]) == (0, 0)
    assert "Vigente — sin destinatarios definidos" in casa.dice("estado PR-FOM-01")
    casa.negada("distribuir PR-FOM-01", dice="no tiene destinatarios definidos")

    entregado = casa.hace("distribuir PR-FOM-01 --a todas --copia papel")
    assert [(c["numero"], c["region"]) for c in entregado["copias"]][:2] == [(1, "15"), (2, "01")]
    assert (entregado["version"], entregado["conocen"], entregado["deben"]) == ("01", 0, 16)
    casa.negada("distribuir PR-FOM-01", dice="ya se distribuyó a todos ellos")
    entregada = casa.dice("copia PR-FOM-01 --controlada 15 -o", str(tmp_path))
    assert "Para: Director/a Regional, Aysén" in entregada
    casa.hace("tomar-conocimiento PR-FOM-01 --hoja", str(tmp_path / "hoja.docx"))
    hoja = texto_de(tmp_path / "hoja.docx")
    assert hoja.count("Director/a Regional, ") == 16
    assert "Versión leída" in hoja
    assert "BORRADOR" not in hoja

    casa.reloj.dia("2025-03-14")
    casa.hace("tomar-conocimiento PR-FOM-01", de="dr-10")
    casa.negada("tomar-conocimiento PR-FOM-01", de="dr-10", dice="ya consta")
    otra = (13, "(en la hoja)", "Conductor", "15", date(2025, 3, 12), "firmado")
    ausente = (14, "(en la hoja)", "Director Regional", "11", None, "")
    lista = casa.adjunto("asistencia.xlsx", hoja_de(REGIONES, otra, ausente))
    escaneo = casa.adjunto("hoja_firmada.pdf", ACTA)
    casa.negada("tomar-conocimiento PR-FOM-01 --lista", lista, codigo=2, dice="adjúntela escaneada")
    vacio = casa.adjunto("vacia.pdf", b"")
    casa.negada("tomar-conocimiento PR-FOM-01 --de dr-15 --adjunto", vacio, dice="está vacío")
    hecho = casa.hace("tomar-conocimiento PR-FOM-01 --lista", lista, "--adjunto", escaneo)
    assert (hecho["conocen"], hecho["origen"]) == (13, "registrado_con_respaldo")
    assert any("no firmó" in a for a in hecho["avisos"])
    assert any("«Conductor»" in a for a in hecho["avisos"])
    assert {c["fecha"] for c in hecho["conocimientos"]} == {"2025-03-12", "2025-03-14"}
    assert "Vigente — 13/16 conocimientos" in casa.dice("estado PR-FOM-01")
    casa.negada("tomar-conocimiento PR-FOM-01 --de dr-15 --adjunto", escaneo, dice="no queda nada que anotar")

    casa.reloj.dia("2025-03-28")
    deben = [p for p in casa.hace("pendientes") if p["que"] == "tomar-conocimiento"]
    assert [(p["region"], p["hasta"], p["vencido"]) for p in deben] == [
        ("11", "2025-03-20", True),
        ("12", "2025-03-20", True),
        ("14", "2025-03-20", True),
    ]

    _cambia_la_version(casa, tmp_path, escaneo)


def _cambia_la_version(casa: Casa, tmp_path: Path, escaneo: str) -> None:
    """La cuenta comienza de nuevo y las dieciséis copias de la anterior quedan por retirar."""
    casa.hace("nueva-version PR-FOM-01 --motivo 'Cambia el plazo de entrega'")
    casa.editar("PR-FOM-01", "Se responde en cinco días.")
    casa.hace("entregar PR-FOM-01", de="cr1")
    casa.hasta("PR-FOM-01", "emitir")
    assert "Vigente — 0/16 conocimientos" in casa.dice("estado PR-FOM-01")
    assert len([p for p in casa.hace("pendientes --de cdoc") if p["que"] == "retirar-copia"]) == 16
    casa.negada("tomar-conocimiento PR-FOM-01 --version 01 --cargo dr-11", de="dr-11", dice="dejó de regir")
    vuelve = casa.hace("retirar-copia PR-FOM-01 --copia 3 --copia 4 --destruida --adjunto", escaneo)
    assert (vuelve["version"], vuelve["rige"], len(vuelve["por_retirar"])) == ("01", "02", 14)
    casa.negada("retirar-copia PR-FOM-01 --copia 3 --devuelta", dice="ya se retiró")
    casa.negada("copia PR-FOM-01 --controlada 15", dice="es de la versión 01, y la que rige es la 02")
    dos = "retirar-copia PR-FOM-01 --copia 5 --devuelta --destruida"
    casa.negada(dos, codigo=2, dice="una copia termina de una sola manera")
    nueva = casa.hace("distribuir PR-FOM-01 --a dr-11 --copia papel")
    assert nueva["copias"][-1]["numero"] == 17
    otra = casa.hace("distribuir PR-FOM-01 --a dr-11 --copia papel")
    assert [a for a in otra["avisos"] if "ya tenía la copia N° 17 de la versión 02" in a]
    conocen = casa.dice("tomar-conocimiento PR-FOM-01 --otros 5 --adjunto", escaneo)
    assert "versión 02: 5 personas (" in conocen
    [lista] = [a for a in casa.hace("listas --formato csv -o", str(tmp_path))["archivos"] if "distrib" in a]
    filas = Path(lista).read_text("utf-8-sig").splitlines()
    assert sum("Por retirar" in f for f in filas) == 14
    assert sum("Sin conocimiento" in f for f in filas) == 15
    casa.hace("crear lista_distribucion --titulo 'Distribución' --area FOM --documento PR-FOM-01")
    [escrita] = casa.raiz.glob("registros/RG-SGC-06/2025/001/borrador/*.docx")
    assert texto_de(escrita).count("Por firmar") == 0
    assert "Director/a Regional, Magallanes" in texto_de(escrita)
    # El acuse que aparece tarde, de cuando la anterior regía, se anota con su papel.
    ajeno = b"From: dr-12@senopl.example\r\nDate: Tue, 04 Feb 2025 09:00:00 -0300\r\n\r\nLa conozco."
    respuesta = casa.adjunto("respuesta.eml", ajeno)
    tarde = casa.hace(
        "tomar-conocimiento PR-FOM-01 --version 01 --de dr-11 --fecha 2025-03-20 --adjunto", respuesta
    )
    de_otra, antigua = tarde["avisos"]
    assert "lo envió dr-12@senopl.example, que no es quien se anota" in de_otra
    assert "es del 04-02-2025, anterior a la versión 01 (" in antigua
