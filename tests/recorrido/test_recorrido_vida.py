"""La vida de un registro, por la línea de comandos: de archivado a dispuesto, y lo que cada quien ve después."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
import yaml
from casa import ACTA, Casa

from sgc_gt.consultas import derivadas
from sgc_gt.dominio.filas import REGISTROS
from sgc_gt.dominio.rutas import LISTA_REGISTROS
from sgc_gt.listas.csv import leer_una

UNO, DOS, FUERA = (f"RG-GT-06/2018/00{n}" for n in (1, 2, 3))
HECHO = "--resultado eliminado --metodo Picado --responsables 'Control documental y la Dirección Regional'"


def terreno(casa: Casa) -> None:
    """Dos visitas de 2018 guardadas aquí y una que vive en papel; y los mismos bytes de la primera, hoy."""
    archivo = casa.adjunto("visita.txt", b"nombres y firmas")
    casa.hace("registrar RG-GT-06 --fecha 2018-05-04 --titulo 'Visita a Taltal'", archivo)
    casa.hace("registrar RG-GT-06 --fecha 2018-08-04", casa.adjunto("otra.txt", b"otra visita"))
    casa.hace("registrar RG-GT-06 --fecha 2018-11-30 --ubicacion 'Caja 14' --volumen '2 archivadores'")
    casa.hace("registrar RG-GT-06 --fecha 2025-03-05", archivo)


def archivados(casa: Casa, serie: str) -> object:
    """Cuántos dice el listado de la carpeta que la serie conserva."""
    fila = leer_una(casa.ruta(LISTA_REGISTROS).read_bytes(), serie, REGISTROS)
    return fila and fila["archivados"]


def test_de_la_retencion_cumplida_a_la_huella(casa: Casa, tmp_path: Path) -> None:
    terreno(casa)
    deben = {p["que"]: p for p in casa.hace("pendientes --de dr-02")}
    assert deben["proponer-disposicion"]["detalle"] == f"3 registros: {UNO} a {FUERA}"
    assert casa.negada("disposicion RG-GT-06/2025/001", dice="se conserva hasta el 31-12-2030")
    casa.hace(f"suspender {DOS} --causa auditoria --motivo 'Contraloría' --hasta 2025-06-30")
    casa.negada(f"disposicion {DOS}", dice="«Retención suspendida»")

    inventario = tmp_path / "inventario.xlsx"
    propuestos = casa.hace(f"disposicion --serie RG-GT-06 --inventario '{inventario}'")
    assert [(r["codigo"], r["propuesta"]) for r in propuestos] == [
        (UNO, "DISP-2025-001"),
        (FUERA, "DISP-2025-001"),
    ]
    celdas = {
        str(c.value) for fila in openpyxl.load_workbook(inventario).active.rows for c in fila if c.value
    }
    assert {UNO, "2 archivadores", "Caja 14", "Circular CGR 28.704 de 1981", "eliminación"} <= celdas
    casa.negada(f"disposicion --serie RG-GT-06 {HECHO}", codigo=2, dice="--serie es para proponer")
    todo = tmp_path / "todo.xlsx"
    casa.hace(f"disposicion --inventario '{todo}'")
    assert DOS in {c.value for fila in openpyxl.load_workbook(todo).active.rows for c in fila}
    casa.negada(f"disposicion DISP-2025-001 {HECHO}", dice="«En disposición»")
    casa.hace(
        "disposicion DISP-2025-001 --resolucion 12 --fecha-oficio 2025-03-09", "--adjunto", casa.adjunto()
    )
    casa.negada(f"disposicion DISP-2025-001 {HECHO}", dice="falta el acta de eliminación")
    [acta] = casa.hace("disposicion DISP-2025-001 --hacer-acta --metodo Picado")
    escrita = yaml.safe_load(casa.ruta(acta["archivo"]).with_suffix(".datos.yaml").read_text("utf-8"))
    assert escrita["acto"] == {"clase": "resolucion", "numero": "12", "fecha": {"dia": 9, "mes": 3}}
    casa.negada("disposicion DISP-2025-001 --hacer-acta", dice=f"ya se creó: es {acta['codigo']}")
    assert [r["codigo"] for r in escrita["registros"]] == [UNO, FUERA]
    assert "del 04-05-2018 al 30-11-2018" in escrita["resumen"][0]
    casa.negada(
        f"disposicion DISP-2025-001 {HECHO} --acta {acta['codigo']}", dice="todavía no está archivada"
    )

    archivo = casa.ruta(f"registros/{UNO}/evidencias/visita.txt")
    assert archivo.read_bytes() == b"nombres y firmas"
    salida = casa.orden(f"disposicion DISP-2025-001 {HECHO} --adjunto", casa.adjunto("acta.pdf", ACTA))
    assert [r["estado"] for r in salida.valor] == ["dispuesto", "dispuesto"]
    assert "los mismos bytes de visita.txt siguen en RG-GT-06/2025/001 (visita.txt)" in salida.avisos
    assert f"descártelo con: sgc-gt descartar {acta['codigo']}" in salida.avisos
    assert not archivo.exists()
    assert archivados(casa, "RG-GT-06") == 2  # de cuatro, los dos que se fueron en un solo movimiento

    razon = "dispuesto por Res. Ex. N° 12 del 09-03-2025: eliminado el 10-03-2025"
    [dispuesto] = casa.verificar()["dispuestos"]
    assert (dispuesto["lugar"], dispuesto["mensaje"]) == (f"registros/{UNO}/evidencias/visita.txt", razon)
    assert casa.negada(f"copia {UNO}", codigo=2)["mensaje"] == f"el registro ya no está: {razon}"
    [fila] = [f for f in casa.hace("registros --periodo 2018") if f["codigo"] == "RG-GT-06"]
    assert ([i["codigo"] for i in fila["dispuestos"]], fila["falta"]) == ([UNO, FUERA], [])
    pagina = tmp_path / "expediente.html"
    assert casa.hace(f"expediente {UNO} -o '{pagina}'")["adjuntos"]["falta"] == 0
    assert razon in pagina.read_text("utf-8")
    n16 = next(h for h in json.loads(casa.orden("auditar --hallazgos").texto) if h["id"] == "N-16")
    assert n16["estado"] == "prevenido"
    assert UNO in n16["nota"]
    assert [f["codigo"] for f in casa.hace("disposicion")] == [DOS]

    shutil.copy(casa.adjunto("visita.txt", b"nombres y firmas"), archivo)  # alguien repuso un respaldo
    casa.adulterada = True
    alertas = casa.verificar()["alertas"]
    assert [a["mensaje"] for a in alertas] == [f"sigue en su carpeta, y debía dejar de estar: {razon}"]


def test_la_cuenta_que_un_programa_anterior_dejo_de_mas_sigue_siendo_legal(
    casa: Casa, monkeypatch: pytest.MonkeyPatch
) -> None:
    terreno(casa)
    casa.hace("disposicion --serie RG-GT-06")
    respaldo = "--resolucion 12 --fecha-oficio 2025-03-09 --adjunto"
    casa.hace(f"disposicion DISP-2025-001 {respaldo}", casa.adjunto())
    with monkeypatch.context() as antes:  # así se contaba: la serie entera, y de lo retirado solo lo último
        antes.setattr(derivadas, "_sumar", derivadas.recontar)
        casa.hace(f"disposicion DISP-2025-001 {HECHO} --adjunto", casa.adjunto("acta.pdf", ACTA))
        assert archivados(casa, "RG-GT-06") == 3  # quedaba uno: los otros tres se fueron juntos
    assert casa.verificar()["ok"]


def test_lo_subido_por_error_se_va_y_queda_dicho(casa: Casa) -> None:
    archivo = casa.adjunto("lista.txt", b"personas")
    casa.hace("registrar RG-GT-09 --fecha 2025-03-05", archivo)
    casa.hace("registrar RG-GT-09 --fecha 2025-03-06", casa.adjunto("buena.txt", b"cifras"))
    mala, buena = (f"RG-GT-09/2025/00{n}" for n in (1, 2))
    orden = f"sustraer {mala} --motivo 'Traía nombres'"
    casa.negada(orden, dice="el archivo de la resolución o del decreto")
    casa.negada(f"{orden} --archivo ficha.json --resolucion 88 --fecha-oficio 2025-03-09 --adjunto", casa.adjunto(),
                dice="la historia no olvida")  # fmt: skip
    casa.negada(f"corregir {buena} --por {mala} --motivo 'Al revés'", dice="se anotó antes que")
    dicho = casa.dice(f"corregir {mala} --por {buena} --motivo 'Era otra lista'")
    assert f"Lo corrige {buena}." in dicho
    assert dicho.count("una corrección de") == 1
    assert casa.hace(f"{orden} --resolucion 88 --fecha-oficio 2025-03-09 --adjunto", casa.adjunto())[0][
        "estado"
    ] == ("sustraido")
    assert not casa.ruta(f"registros/{mala}/evidencias/lista.txt").exists()
    assert casa.verificar()["dispuestos"][0]["mensaje"] == (
        "sustraído por Res. Ex. N° 88 del 09-03-2025: Traía nombres"
    )
    [copia] = [a for a in casa.dice(f"copia {buena} -o '{casa.raiz.parent}'").splitlines() if "corrige" in a]
    assert f"corrige a {mala} (10-03-2025): Era otra lista" in copia


def test_un_archivo_alterado_o_perdido_no_se_dispone(casa: Casa) -> None:
    """Disponer de lo que no está taparía la pérdida."""
    terreno(casa)
    casa.hace(f"disposicion {UNO}")
    casa.hace(f"disposicion {UNO} --decreto 3 --fecha-oficio 2025-03-09 --adjunto", casa.adjunto())
    archivo = casa.ruta(f"registros/{UNO}/evidencias/visita.txt")
    archivo.chmod(0o600)
    archivo.write_bytes(b"otra cosa")
    acta = casa.adjunto("acta.pdf", ACTA)
    casa.adulterada = True
    casa.negada(f"disposicion {UNO} {HECHO} --adjunto", acta, codigo=3, dice="no se sabe qué se eliminaría")
    archivo.unlink()
    casa.negada(f"disposicion {UNO} {HECHO} --adjunto", acta, codigo=3, dice="taparía la pérdida")
