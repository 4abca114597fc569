"""El año de planificación y difusión: lo exigido no se salta, y cada objeto llega a regir o a archivarse."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml
from casa import Casa

DATOS = Path(__file__).parents[2] / "sgc_gt" / "ejemplo" / "datos"


def datos(tipo: str) -> Any:
    return yaml.safe_load((DATOS / f"{tipo}.yaml").read_text("utf-8"))


def con_datos(casa: Casa, tipo: str, valor: object) -> str:
    return casa.adjunto(f"{tipo}.yaml", yaml.safe_dump(valor, allow_unicode=True).encode())


def test_un_acuerdo_es_de_una_region_y_lo_elabora_su_jefatura(casa: Casa) -> None:
    acuerdo = datos("acuerdo_gore")
    acuerdo["acuerdo"]["region"] = "16"
    archivo = con_datos(casa, "acuerdo_gore", acuerdo)
    crear = "crear acuerdo_gore --titulo 'Acuerdo de información'"
    casa.negada(crear, codigo=2, dice="falta decir de cuál")
    casa.negada(f"{crear} --region Arica --datos", archivo, codigo=2, dice="Ñuble")
    codigo = casa.hace(f"{crear} --datos", archivo)["codigo"]
    identidad = casa.ficha(codigo)["identidad"]
    assert (identidad["region"], identidad["elabora"]) == ("16", "dr-16")
    casa.hace(f"enviar {codigo}", de="dr-16")
    # La firma de las dos partes llega por fuera: nadie lo aprueba con solo decirlo.
    casa.negada(f"aprobar {codigo}", de="dn", dice="respaldo")
    casa.hace(f"--como dn@senopl.example aprobar {codigo} --adjunto", casa.adjunto())
    [emitido] = casa.hace(f"emitir {codigo}")
    assert emitido["estado"] == "archivado"
    # Y el que llegó firmado en papel se archiva tal como llegó, en la misma serie.
    llegado = casa.hace("registrar RG-GT-05 --fecha 2025-03-07 --region Aysén", casa.adjunto())
    assert llegado["codigo"] == "RG-GT-05/2025/002"
    [serie] = [f for f in casa.hace("registros") if f["codigo"] == "RG-GT-05"]
    assert [p["region"] for p in serie["presentes"]] == ["16", "11"]


SIN_LO_EXIGIDO: list[tuple[str, tuple[str | int, ...], str, str]] = [
    ("plan_difusion", ("realizada_si",), "PL-GT-02", "DIF-2"),
    ("ficha_indicadores", ("indicadores", 0, "formula"), "FI-GT-01", "IND-1.a"),
    ("programa_seguimiento", ("compromisos", 0, "indicador"), "PG-GT-02", "SEG-2"),
]


def test_lo_exigido_no_se_salta(casa: Casa) -> None:
    for tipo, ruta, codigo, requisito in SIN_LO_EXIGIDO:
        incompletos = copy.deepcopy(datos(tipo))
        duenio = incompletos
        for paso in ruta[:-1]:
            duenio = duenio[paso]
        del duenio[ruta[-1]]
        creado = casa.hace(f"crear {tipo} --titulo 'Del año' --datos", con_datos(casa, tipo, incompletos))
        assert creado["codigo"] == codigo
        casa.negada(f"enviar {codigo}", de="egt", dice=requisito)


def test_con_el_ejemplo_se_envia_y_ningun_otro_toma_el_codigo_guardado(casa: Casa) -> None:
    for tipo in ("diseno_logico", "aspectos_no_incorporados", "medidas_autoridad"):
        creado = casa.hace(f"crear {tipo} --titulo 'Del año' --datos", str(DATOS / f"{tipo}.yaml"))
        # Lo que compromete el año siguiente se crea con su período: si no se dijo, se avisa.
        sin_decirlo = [a for a in creado.get("avisos", ()) if "créelo de nuevo con --periodo" in a]
        assert len(sin_decirlo) == (tipo == "aspectos_no_incorporados")
        casa.hace(f"enviar {creado['codigo']}", de="egt")
        assert set(casa.estados(creado["codigo"]).values()) <= {"en_revision", "en_aprobacion"}
    # PL-GT-02 está guardado para el plan de difusión, aunque todavía no exista.
    planes = [casa.hace("crear plan --titulo 'Plan del año'")["codigo"] for _ in range(2)]
    assert planes == ["PL-GT-01", "PL-GT-03"]


def test_el_plan_que_perdio_una_region_lo_dice_antes_de_que_alguien_lo_apruebe(casa: Casa) -> None:
    plan = datos("plan")
    plan["objetivos_regionales"] = [f for f in plan["objetivos_regionales"] if f["region"] != "04"]
    codigo = casa.hace("crear plan --titulo 'Plan del año' --datos", con_datos(casa, "plan", plan))["codigo"]
    dicho = f"{codigo} versión 01, «Objetivo en cada región»: falta Coquimbo"
    [alerta] = [a for a in casa.orden(f"comprobar {codigo}").valor if a["regla"] == "N-32"]
    assert (alerta["evidencia"], alerta["gravedad"], alerta["version"]) == (dicho, "corregir", "01")
    [enviado] = casa.hace(f"enviar {codigo}", de="egt")
    assert [a for a in enviado["avisos"] if dicho in a]
