"""Las claves con que cada persona firma: sus días, y lo que se dice de una que no sirve."""

from __future__ import annotations

from datetime import date

import pytest

from sgc_gt.config.carga import cargar
from sgc_gt.dominio.clave_ssh import Clave
from sgc_gt.errores import ConfiguracionInvalida

UNA = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43
OTRA = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "B" * 43
SGC = """\
esquema: 1
servicio: {{nombre: Servicio de Prueba, sigla: SP}}
codigos: {{areas: {{SGC: Calidad}}}}
cargos: {{jefe: {{nombre: Jefe/a}}, cdoc: {{nombre: Control Documental}}}}
personas:
  - {{correo: jefe@sp.cl, cargo: jefe, desde: 2026-01-01, hasta: 2026-12-31{jefe}}}
  - {{correo: cdoc@sp.cl, cargo: cdoc, desde: 2026-02-01{cdoc}}}
roles: {{control_documental: [cdoc], jefe_servicio: [jefe]}}
"""


def con(*, jefe: str = "", cdoc: str = "", mas: str = ""):
    return cargar({"sgc.yaml": (SGC.format(jefe=jefe, cdoc=cdoc) + mas).encode()})


def dicho(**de: str) -> list[str]:
    with pytest.raises(ConfiguracionInvalida) as error:
        con(**de)
    return [str(p) for p in error.value.problemas]


def test_sin_dias_propios_valen_los_del_cargo() -> None:
    servicio = con(jefe=f", clave: {UNA} jefe en su equipo")
    assert servicio.personas[0].claves == (Clave(UNA, date(2026, 1, 1), date(2026, 12, 31)),)
    assert not servicio.firmas_exigidas


def test_varias_claves_y_una_retirada() -> None:
    servicio = con(
        cdoc=f", claves: [{{clave: {UNA}, hasta: 2026-06-30}}, {{clave: {OTRA}, desde: 01-07-2026}}]",
        mas="firmas: {exigidas: true}\n",
    )
    assert [c.publica for c in servicio.claves_de("cdoc@sp.cl", date(2026, 6, 30))] == [UNA]
    assert [c.publica for c in servicio.claves_de("cdoc@sp.cl", date(2026, 7, 1))] == [OTRA]
    assert servicio.firmas_exigidas


@pytest.mark.parametrize(
    ("escrita", "dice"),
    [
        (UNA[:-4], "está cortada o mal copiada"),
        (UNA.replace("ssh-ed25519", "ssh-rsa"), "su contenido no es el de ese tipo de clave"),
        ("ssh-dss AAAAB3NzaC1kc3MAAAAA", "no es una clave pública de estos tipos"),
    ],
)
def test_una_clave_que_no_sirve_se_dice_con_su_lugar(escrita: str, dice: str) -> None:
    [problema] = dicho(cdoc=f", claves: [{{clave: {escrita}}}]")
    assert problema.startswith("sgc.yaml:7: personas[2](correo='cdoc@sp.cl').claves[1].clave: ")
    assert dice in problema


def test_una_clave_es_de_una_sola_persona() -> None:
    [problema] = dicho(jefe=f", clave: {UNA}", cdoc=f", clave: {UNA} otro comentario")
    assert problema == "sgc.yaml:7: personas[2](correo='cdoc@sp.cl').clave: esa clave ya es de jefe@sp.cl"


def test_los_dias_de_una_clave_van_en_orden() -> None:
    [problema] = dicho(cdoc=f", claves: [{{clave: {UNA}, desde: 2026-05-01, hasta: 2026-04-30}}]")
    assert problema.endswith("claves[1].hasta: es anterior a «desde»")
