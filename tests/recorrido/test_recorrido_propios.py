"""Los actos propios del sistema: reasignar, como los usaría control documental."""

from __future__ import annotations

from casa import Casa


def test_se_va_quien_aprobaba_y_su_cargo_deja_de_existir(casa: Casa) -> None:
    """Un documento vigente, uno enviado y uno en borrador cambian en un solo movimiento; lo firmado queda."""
    enviado, borrador = casa.nuevo("GT", titulo="Agenda"), casa.nuevo("GT", titulo="Mesa")
    casa.hasta(enviado, "revisar")
    casa.negada("reasignar --de dn --a sdn", dice="--motivo")
    casa.negada("reasignar --de dn --a nadie --motivo M", dice="no existe")
    casa.negada("reasignar --de dn --a cr1 --motivo M", dice="le falta gente")
    casa.negada(f"reasignar {enviado} --motivo M", codigo=2, dice="a quién")
    hechos = casa.hace("reasignar --de dn --a sdn --motivo 'Se suprime el cargo'")
    assert {h["codigo"] for h in hechos} == {"PR-FOM-01", enviado, borrador}
    assert len({h["commit"] for h in hechos}) == 1
    turnos = {f["codigo"]: f["turno"] for f in casa.hace("estado")}
    assert (turnos[enviado], turnos[borrador]) == (["sdn"], ["cr1"])
    casa.negada(f"aprobar {enviado}", de="dn", dice="no le corresponde")
    casa.hace(f"aprobar {enviado}", de="sdn")
    casa.hace(f"emitir {enviado}")
    dicho = casa.dice(f"historial {enviado}")
    assert "aprobado por: antes Director/a Nacional, ahora Subdirector/a Nacional" in " ".join(dicho.split())
    assert "Se suprime el cargo" in dicho
    maestra = {linea.split(";")[0]: linea for linea in casa.lista("lista_maestra/FOM.csv").splitlines()}
    assert "Director/a Nacional" in maestra["PR-FOM-01"]
    assert "Subdirector" not in maestra["PR-FOM-01"]
    casa.hace("reasignar PR-FOM-01 --responsable cr2 --motivo 'Pasa a la otra división'")
    casa.hace("mantener PR-FOM-01 --motivo 'Sin cambios'", de="cr2")
