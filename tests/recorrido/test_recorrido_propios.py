"""Los actos propios del sistema: reasignar, como los usaría control documental."""

from __future__ import annotations

from casa import Casa, texto_de


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
    [dicho] = casa.hace("reasignar PR-FOM-01 --elabora sdn --motivo 'La escribe quien aprueba'")
    assert dicho["avisos"][0].startswith("Elabora y aprueba el mismo cargo, «sdn»")
    casa.hace("mantener PR-FOM-01 --motivo 'Sin cambios'", de="cr2")


def test_un_dato_mal_escrito_se_corrige_y_los_dos_quedan_a_la_vista(casa: Casa) -> None:
    [registro] = [f["codigo"] for f in casa.hace("estado") if f["codigo"].startswith("RG-GT-10/")]
    casa.negada(f"rectificar {registro} 1 --campo titulo --dice X", dice="--motivo")
    casa.negada(f"rectificar {registro} 1 --campo fecha --dice 2025-01-01 --motivo M", dice="con el respaldo")
    casa.negada("rectificar SISTEMA 1 --campo motivo --dice X --motivo M", dice="no dice motivo")
    casa.hace("externo alta EX-90 --titulo Norma --emisor OSI --verifica cdoc")
    n = casa.hace("historial SISTEMA")[-1]["n"]
    casa.hace(f"rectificar SISTEMA {n} --campo emisor --dice ISO --motivo 'Se anotó mal'")
    assert "ISO (decía OSI)" in casa.lista("documentos_externos.csv")
    assert "emisor: decía OSI, dice ISO" in casa.dice("historial SISTEMA")
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
    papel = casa.adjunto()
    entrega = casa.hace(
        "registrar RG-GT-07 --titulo Entrega --fecha 2025-03-03 --periodo 2025 --region 11", papel
    )["codigo"]
    for campo, dice in (("periodo", "2024"), ("region", "15")):
        casa.hace(f"rectificar {entrega} 1 --campo {campo} --dice {dice} --motivo 'Se anotó mal'")
    informan = {
        (anio, f["region"])
        for anio in (2024, 2025)
        for f in casa.hace(f"completitud --periodo {anio}")
        if f["objetos"]["entregas"]["estado"] == "esta"
    }
    assert informan == {(2024, "15")}
    posibles = casa.dice(f"estado {entrega}")
    assert "disposicion (" in posibles
    assert "proponer-disposicion" not in posibles
    pagina = casa.raiz.parent / "expediente.html"
    casa.hace(f"expediente {registro} -o '{pagina}'")
    assert "2024 (decía 2025)" in pagina.read_text("utf-8")
    assert casa.lista("lista_registros.csv").count("03-03-2025") + casa.lista("lista_registros.csv").count(
        "2025-03-03"
    )


def test_quien_pide_un_cambio_sabe_en_que_quedo(casa: Casa) -> None:
    """Una división pide; control documental o la Dirección resuelven; lo aceptado se enlaza a lo que lo atiende."""
    casa.negada("solicitar modificacion --motivo M", de="cr2", dice="de qué documento")
    casa.negada("solicitar adecuacion --documento PR-FOM-01", de="cr2", dice="--motivo")
    casa.negada(
        "solicitar creacion --documento PR-FOM-01 --motivo M",
        de="cr2",
        dice="sgc-gt solicitar modificacion --documento PR-FOM-01",
    )
    pedida = casa.hace("solicitar adecuacion --documento PR-FOM-01 --motivo 'No se alcanza'", de="cr2")[
        "codigo"
    ]
    otra = casa.hace("solicitar modificacion --documento PR-FOM-01 --motivo 'Lo mismo'", de="cr3")["codigo"]
    repetida = casa.hace("solicitar modificacion --documento PR-FOM-01 --motivo 'Otra vez'", de="cr2")
    assert f"está sin resolver: {otra}" in repetida["avisos"][0]
    casa.hace(f"resolver {repetida['codigo']} --rechaza --motivo 'Está repetida'")
    mejora = casa.hace("solicitar recursos --motivo 'Faltan equipos'", de="dr-15")["codigo"]
    directa = casa.hace("solicitar mejora --motivo 'Un tablero'", de="egt")["codigo"]
    assert pedida == "RG-SGC-03/2025/001"
    turnos = {f["codigo"]: f["turno"] for f in casa.hace("estado")}
    assert [turnos[c] for c in (pedida, mejora, directa)] == [["cdoc"], ["ecal"], ["dn"]]
    deben = {(p["documento"], p["que"], p["hasta"]) for p in casa.hace("pendientes")}
    assert {(pedida, "resolver", "2025-04-09"), (mejora, "revisar", "2025-04-09")} <= deben
    casa.negada(f"nueva-version PR-FOM-01 --motivo M --solicitud {pedida}", dice="sin resolver")
    casa.negada(f"resolver {pedida} --rechaza", dice="--motivo")
    casa.negada(f"resolver {pedida} --acepta", de="cr2", dice="no le corresponde")
    for dos in ("", "--acepta --rechaza", "--rechaza --devuelve", f"--acepta --junta-con {otra}"):
        casa.negada(f"resolver {pedida} {dos} --motivo M", codigo=2, dice="o hay más de una")
    casa.negada(f"devolver {pedida} --texto x", dice="se presenta y se resuelve")
    resuelta = casa.hace(f"resolver {pedida} --acepta --motivo 'Se admite la visita remota'")
    assert resuelta["estado"] == "archivado"
    assert "Se admite la visita remota" in texto_de(casa.ruta(resuelta["archivo"]))
    casa.hace(f"resolver {otra} --junta-con {pedida} --motivo 'Es lo mismo'")
    casa.hace(f"revisar {mejora}", de="ecal")
    casa.hace(f"resolver {mejora} --rechaza --motivo 'Sin presupuesto este año'", de="dn")
    casa.negada(f"resolver {mejora} --acepta", dice="Archivado")
    casa.negada(f"dejar-sin-efecto PR-FOM-01 --motivo M --solicitud {mejora}", de="dn", dice="rechazada")
    casa.hace(f"nueva-version PR-FOM-01 --motivo 'Visita remota' --solicitud {pedida}")
    assert f"atiende la solicitud {pedida}" in " ".join(casa.dice("historial PR-FOM-01").split())
    assert "rechazada" in casa.dice(f"historial {mejora}")
    casa.reloj.dia("2025-04-14")
    hallazgos = casa.orden("auditar --hallazgos").valor
    n24 = next(h for h in hallazgos if h["id"] == "N-24")
    [sin_resolver] = [e for e in n24["evidencia"] if e["documento"].startswith("RG-")]
    assert (sin_resolver["documento"], sin_resolver["quien"]) == (directa, "Director/a Nacional")
    assert "nadie la ha resuelto" in sin_resolver["evidencia"]


def test_una_reorganizacion_cambia_los_codigos_y_los_anteriores_siguen_hallando(casa: Casa) -> None:
    """La carpeta, las etiquetas y lo impreso quedan; el código nuevo se imprime en la versión siguiente."""
    borrador = casa.nuevo("FOM", titulo="Agenda")
    casa.hasta(borrador, "enviar")
    casa.negada("recodificar PR-FOM-01 PR-FOR-07", dice="--motivo")
    casa.negada("recodificar PR-FOM-01 --motivo M", codigo=2, dice="no se entiende")
    casa.negada(f"recodificar PR-FOM-01 {borrador} --motivo M", dice="ya está usado")
    casa.negada("recodificar PR-FOM-01 PL-FOR-01 --motivo M", dice="no es un código")
    lista = casa.adjunto("codigos.csv", f"Hoy;Nuevo\nPR-FOM-01;PR-FOR-07\n{borrador};PR-FOR-08\n".encode())
    cruzada = casa.adjunto("cruce.csv", f"PR-FOM-01;{borrador}\n{borrador};PR-FOM-01\n".encode())
    casa.negada("recodificar --motivo M", cruzada, dice=f"aunque pase a {borrador} seguirá hallándolo")
    ensayo = casa.hace("recodificar --simular --motivo M", lista)
    assert [c["problema"] for c in ensayo] == ["", ""]
    assert "con el código anterior impreso" in ensayo[0]["aviso"]
    [uno, dos] = casa.hace("recodificar --motivo 'La división se fusiona'", lista)
    assert (uno["codigo"], dos["codigo"], uno["commit"]) == ("PR-FOR-07", "PR-FOR-08", dos["commit"])
    assert "documentos/FOM/PR-FOM-01/ficha.json" in {f"documentos/{a}" for a in casa.archivos("documentos")}
    assert "PR-FOM-01/v01" in casa.etiquetas()
    assert "Vigente, con el código anterior impreso (PR-FOM-01)" in casa.dice("estado PR-FOM-01")
    assert [f["codigo"] for f in casa.hace("historial PR-FOM-01")] == ["PR-FOR-07"] * len(
        casa.hace("historial PR-FOR-07")
    )
    assert all(f["commit"] for f in casa.hace("historial PR-FOR-07"))
    assert "no lleva código y versión" not in casa.dice("auditar --clausula '7.5.2 a)'")
    assert "PR-FOR-07" in casa.lista("lista_maestra/FOR.csv")
    assert "PR-FOM-01;" not in casa.lista("lista_maestra/FOM.csv")
    casa.negada("crear procedimiento --titulo X --area FOR --codigo PR-FOR-07", dice="ya está usado")
    impreso = next(f["huella"] for f in casa.hace("historial PR-FOR-07") if f["acto"] == "emitir")
    assert "El papel dice PR-FOM-01" in casa.dice(f"verificar --codigo {impreso[2:18]}")
    casa.negada("crear procedimiento --titulo X --area FOM --codigo PR-FOM-01", dice="ya está usado")
    assert casa.nuevo("FOR", titulo="Otro") == "PR-FOR-09"
    copia = casa.raiz.parent / "copia.docx"
    casa.hace(f"copia PR-FOM-01 -o '{copia}'")
    assert "PR-FOM-01" in texto_de(copia)
    casa.hace("revisar PR-FOR-08", de="egt")
    casa.hace(f"aprobar {borrador}", de="dn")
    casa.hace("emitir PR-FOR-08")
    [vigente] = casa.raiz.glob(f"documentos/FOM/{borrador}/*.docx")
    assert "PR-FOR-08" in texto_de(vigente)
    casa.hace("nueva-version PR-FOM-01 --motivo 'Ajuste'")
    casa.hasta("PR-FOR-07", "emitir")
    [fila] = casa.hace("estado PR-FOR-07")
    assert (fila["codigo_impreso"], fila["version"]) == ("", "02")
    assert "PR-FOR-07_v02.docx" in casa.archivos("documentos/FOM/PR-FOM-01")
    casa.hace("recodificar PR-FOR-07 PR-GT-20 --motivo 'Otra vez'")
    assert {f["codigo"] for c in ("PR-FOM-01", "PR-FOR-07") for f in casa.hace(f"historial {c}")} == {
        "PR-GT-20"
    }
