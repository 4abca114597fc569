"""La matriz por la línea de comandos: sobre el año de demostración, en sus tres formas."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from casa import Casa

CONTRATO = {"requisito", "objeto", "codigo", "version", "aprobacion", "visacion", "registro", "falta"}


def test_la_matriz_de_la_demostracion(demo: Casa, tmp_path: Path) -> None:
    with demo.nada_cambia():
        filas = {f["requisito"]: f for f in demo.hace("matriz --periodo 2024")}
        # Los requisitos, y siete objetos que son deberes, decisiones o entregas sin un apartado que se aplique.
        assert len(filas) == 92 + 7
        assert set(filas["DIA-1"]) >= CONTRATO
        dia = filas["DIA-1.4"]
        assert (dia["objeto"], dia["codigo"], dia["version"], dia["falta"]) == ("OB-01", "RG-GT-01", "01", "")
        assert (dia["registro"], dia["lugar"]) == (
            "RG-GT-01 (2024)",
            "Características y acceso en cada región",
        )
        assert dia["aprobacion"] < dia["visacion"] < "2024-03"
        # En septiembre, PE2 no había cambiado el suyo y PE4 todavía no lo tenía.
        antes = {f["requisito"]: f["falta"] for f in demo.hace("matriz --periodo 2024 --fecha 30-09-2024")}
        assert (antes["EST-1"], antes["EST-2"]) == ("PE2: No iniciado", "PE4: No iniciado")
        assert (filas["EST-1"]["falta"], filas["EST-2"]["falta"]) == ("", "")
        assert antes["SEG-2"] == "no hay «Programa de Seguimiento» de 2024"
        # El 10-03-2025 el año nuevo no tiene todavía su Diagnóstico.
        assert (
            demo.hace("matriz")[0]["falta"] == "lo último es RG-GT-01 versión 01, de 2024: falta lo de 2025"
        )
        objetos = {f["objeto"]: f for f in demo.hace("matriz --objetos --periodo 2024")}
        assert len(objetos) == 26
        assert {clave: f["falta"] for clave, f in objetos.items() if f["falta"]} == {}
        assert objetos["OB-07"]["lo_pide"] == ["PR-FOR-08", "PR-GT-01"]
    [archivo] = demo.hace(f"matriz --periodo 2024 --formato xlsx -o '{tmp_path / 'matriz'}'")["archivos"]
    hoja = openpyxl.load_workbook(archivo).active
    celdas = [[c.value for c in fila] for fila in hoja.iter_rows()]
    assert any(fila[0] == "DIA-1.4" and "RG-GT-01" in fila for fila in celdas)
    demo.negada("matriz --periodo dosmil", codigo=2, dice="no es un período")
    demo.negada("matriz --sistema genero", codigo=2, dice="no hay requisitos del sistema «genero»")
    demo.negada(f"matriz -o '{demo.raiz}/matriz'", codigo=2)
