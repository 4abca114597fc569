"""Los informes recorren su circuito: la evaluación se aprueba y se visa; la medición mal contada no entra."""

from pathlib import Path

import yaml
from casa import Casa

from sgc_gt.cli import sesion

DATOS = Path(sesion.__file__).parents[1] / "ejemplo" / "datos"


def test_la_evaluacion_se_aprueba_se_visa_y_se_archiva(casa: Casa) -> None:
    datos = str(DATOS / "evaluacion_resultados.yaml")
    codigo = casa.hace("crear evaluacion_resultados --titulo 'Evaluación del año' --datos", datos)["codigo"]
    assert codigo == "RG-GT-08/2025/001"
    assert "RG-GT-08/2025/001 (Borrador)" in casa.orden(f"comprobar {codigo}", de="egt", json=False).texto
    casa.hace(f"enviar {codigo}", de="egt")
    casa.hace(f"revisar {codigo}", de="ecal")
    casa.hace(f"--como dn@senopl.example aprobar {codigo} --adjunto", casa.adjunto())
    casa.negada(f"emitir {codigo}", dice="remitir a visación técnica")
    casa.hace(f"remitir {codigo} --oficio 812 --fecha-oficio 2025-03-10")
    visa = f"visar {codigo} --oficio 1204 --fecha-oficio 2025-03-10 --responde 812 --adjunto"
    casa.hace(visa, casa.adjunto("visacion.pdf"))
    [emitida] = casa.hace(f"emitir {codigo}")
    assert emitida["estado"] == "archivado"
    assert {"ficha.json", "RG-GT-08_2025_001.docx", "RG-GT-08_2025_001.datos.yaml"} <= casa.archivos(
        f"registros/{codigo}"
    )


def test_la_entrega_de_una_region_la_elabora_su_jefatura(casa: Casa) -> None:
    datos = str(DATOS / "entrega_informacion.yaml")
    r = casa.hace("crear entrega_informacion --titulo 'Entrega de junio' --region 11 --datos", datos)
    casa.negada(f"enviar {r['codigo']}", de="dr-15", dice="debe hacerlo Director/a Regional, Aysén")
    casa.hace(f"enviar {r['codigo']}", de="dr-11")


def test_una_medicion_que_no_cuadra_no_entra(casa: Casa) -> None:
    datos = yaml.safe_load((DATOS / "medicion_indicadores.yaml").read_text("utf-8"))
    datos["mediciones"][0]["valor"] = 58
    archivo = casa.adjunto("medicion.yaml", yaml.safe_dump(datos, allow_unicode=True).encode())
    error = casa.negada(
        "crear medicion_indicadores --titulo Medición --datos", archivo, dice="no se entienden"
    )
    [problema] = error["problemas"]
    assert problema["mensaje"] == "es 58 y de 132 ÷ 240 × 100 resulta 55"
    assert "mediciones" in problema["lugar"]
