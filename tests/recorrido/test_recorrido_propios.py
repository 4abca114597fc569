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


def test_un_dato_mal_escrito_se_corrige_y_los_dos_quedan_a_la_vista(casa: Casa) -> None:
    [registro] = [f["codigo"] for f in casa.hace("estado") if f["codigo"].startswith("RG-GT-10/")]
    casa.negada(f"rectificar {registro} 1 --campo titulo --dice X", dice="--motivo")
    casa.negada(f"rectificar {registro} 1 --campo fecha --dice 2025-01-01 --motivo M", dice="con el respaldo")
    casa.negada(
        "rectificar SISTEMA 1 --campo motivo --dice X --motivo M", codigo=2, dice="el siguiente manda"
    )
    casa.hace(
        f"rectificar {registro} 1 --campo titulo --dice 'Instrucciones de 2025' --motivo 'Faltó el año'"
    )
    casa.hace(f"rectificar {registro} 1 --campo periodo --dice 2024 --motivo 'Es del año anterior'")
    titulo = "Instrucciones de 2025 (decía Instrucciones del año)"
    assert {f["titulo"] for f in casa.hace(f"estado {registro}")} == {titulo}
    [de_2024] = [f for f in casa.hace("registros --periodo 2024") if f["codigo"] == "RG-GT-10"]
    assert titulo in str(de_2024["presentes"])
    dicho = " ".join(casa.dice(f"historial {registro}").split())
    assert "título: decía Instrucciones del año, dice Instrucciones de 2025" in dicho
    assert "se rectificó título, período por el 2, 3" in dicho
    pagina = casa.raiz.parent / "expediente.html"
    casa.hace(f"expediente {registro} -o '{pagina}'")
    assert "2024 (decía 2025)" in pagina.read_text("utf-8")
    assert casa.lista("lista_registros.csv").count("03-03-2025") + casa.lista("lista_registros.csv").count(
        "2025-03-03"
    )
