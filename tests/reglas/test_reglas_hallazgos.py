"""Cada hallazgo típico: unos hechos en que aparece y otros, casi iguales, en que no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mesa_hallazgos import (
    HOY,
    NORMAL,
    VISADO,
    alerta,
    evidencias,
    ficha,
    guardado,
    hechos,
    oficio,
    registro,
    resultado,
)
from mesa_reglas import servicio

from sgc_gt.dominio.antecedentes import Antecedente
from sgc_gt.dominio.estandarizacion import CUMPLIDO, NO_INICIADO, FilaEstandarizacion
from sgc_gt.dominio.externos import Externo
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.organizacion import Subrogancia
from sgc_gt.dominio.registros import FilaRegistro, Instancia
from sgc_gt.dominio.servicio import Excepcion
from sgc_gt.reglas.hallazgos.evaluar import evaluar
from sgc_gt.reglas.hallazgos.hechos import Ajeno, Declarado, Hechos
from sgc_gt.reglas.hallazgos.tabla import POR_ID, TIPICOS
from sgc_gt.reglas.hallazgos.valores import (
    CON_HALLAZGO,
    ESTADOS,
    GRAVEDADES,
    PREVENIDO,
    SIN_DATOS,
    SIN_HALLAZGO,
)

BUENO = ficha()
DOS = ficha("nueva-version generar enviar revisar aprobar emitir", version="02", de=BUENO, dia=date(2025, 2, 3),
            nueva_version={"motivo": "Actualización general"})  # fmt: skip
CLARO = ficha("nueva-version generar enviar revisar aprobar emitir", version="02", de=BUENO, dia=date(2025, 2, 3),
              nueva_version={"motivo": "Se agregan las postulaciones por radio en zonas sin señal"})  # fmt: skip
IMPORTADO = ficha("importar", dia=date(2025, 1, 6), version="03",
                  importar={"origen": "registrado_sin_respaldo", "vigente_desde": date(2024, 1, 6)})  # fmt: skip
CON_RESPALDO = ficha("importar", version="03", importar={
    "origen": "registrado_con_respaldo", "vigente_desde": date(2024, 1, 6),
    "extra": {"fecha_aprobacion": "2024-01-05", "elaboro": "Jefatura", "aprobo": "Dirección"}})  # fmt: skip
EXTERNO = Externo(
    "EX-01", "Ley de Presupuestos", "Congreso", "2025", verifica="cdoc", ultima_verificacion=date(2025, 1, 6)
)
PLAN = ficha(VISADO, "PL-GT-01", "plan", identidad={"area": "GT"})
PROGRAMA = ficha(VISADO, "PG-GT-01", "programa", identidad={"area": "GT"}, dia=date(2025, 2, 20))
ACTA = ficha("crear generar enviar aprobar emitir", "RG-SGC-05/2025/001", "revision_direccion")
EN_FEBRERO = ficha(
    "crear generar enviar aprobar emitir", "RG-SGC-05/2025/001", "revision_direccion", dia=date(2025, 2, 20)
)
REGIONES = servicio().regiones
DECLARADO = Declarado("FO-GT-06", "Formulario", "02", "borrador", "cr5", "egt", "cr1")
INDICADOR = {"id": "IND-01", "nombre": "Cobertura", "formula": "a/b", "medio_verificacion": "acta",
             "recoleccion": "formulario", "sistematizacion": "tablero", "frecuencia": "anual"}  # fmt: skip
ACUERDO = {"region": "15", "estado": "vigente", "formato": "CSV", "periodicidad": "anual", "meses_entrega": [12],
           "contenido": ["oferta", "clientes", "gasto", "compromisos"], "responsable": "dr-15"}  # fmt: skip
ACTIVIDAD = {"id": "A01", "frente": "productos", "actividad": "Ruta 1", "inicio": 4, "fin": 5, "regiones": ["15"],
             "responsable": "cr5"}  # fmt: skip
MEDICION = registro("RG-GT-04/2025/001")._replace(tipo="medicion_indicadores")
SEGUIMIENTO = ficha(VISADO, "PG-GT-02", "programa_seguimiento")
DIFUSION = ficha(NORMAL, "PL-GT-02", "plan_difusion")

SESION = {
    "asistentes": [{"cargo": "dn"}],
    "entradas": {clave: {"contenido": "visto"} for clave in (
        "acciones_previas", "cambios", "satisfaccion", "objetivos", "procesos", "no_conformidades", "mediciones",
        "auditorias", "proveedores", "recursos", "riesgos", "mejora")},
    "decisiones": [{"decision": "Financiar la ruta", "responsable": "cr4", "plazo": {"mes": 8}}],
    "proxima_revision": {"mes": 12},
}  # fmt: skip
COMUN = {"asistentes": SESION["asistentes"], "decisiones": SESION["decisiones"], "entradas": {
    c: {"contenido": "visto"} for c in (
        "acciones_previas", "cambios", "satisfaccion", "procesos", "no_conformidades", "auditorias", "mejora")}}  # fmt: skip
"""Una sesión con las siete entradas que piden las dos ediciones."""
FILA = FilaEstandarizacion("PE1", "Talleres", True, "incorpora", "modificar", "PR-FOM-03", "", "cr1", date(2025, 6, 30),
                           CUMPLIDO, False, "02", None, "plan", "EST-1")  # fmt: skip
DIAGNOSTICO = ficha(VISADO, "RG-GT-01", "diagnostico", identidad={"area": "GT"})
PEDIDO = FilaRegistro(
    "", "Bitácora", "PR-FOM-03", "cr1", "", "", "", "", "", sin_definir=("serie", "retencion", "disposicion")
)


def con_serie(codigo: str = "RG-GT-06", **cambios: Any) -> Hechos:
    """Los hechos de un servicio en que esa serie cambia."""
    s = servicio()
    serie = s.series[codigo]._replace(**cambios)
    return replace(hechos(), servicio=s._replace(series={**s.series, codigo: serie}))


def del_plan(**datos: Any) -> Hechos:
    """Rige un Plan con esos datos."""
    return hechos(PLAN, datos={"PL-GT-01": datos})


def medido(meta: float) -> Hechos:
    """Rige un Plan y se archivó una medición de su indicador contra esa meta."""
    medicion = ficha(
        "crear generar enviar aprobar emitir",
        "RG-GT-04/2025/001",
        "medicion_indicadores",
        dia=date(2025, 3, 3),
    )
    medida = {"indicador": "IND-01", "meta": meta, "unidad": "%", "valor": 12, "corte": {"mes": 2}}
    datos = {
        "PL-GT-01": {"indicadores": [{**INDICADOR, "meta": 60, "unidad": "%"}]},
        medicion.codigo: {"mediciones": [medida]},
    }
    return hechos(PLAN, medicion, datos=datos)


def con_propir(version: str) -> Hechos:
    """Un Plan con las inversiones de un PROPIR, y la edición de él que está en la lista de externos."""
    externo = EXTERNO._replace(titulo="Programa Público de Inversión en la Región (PROPIR)", version=version)
    return replace(
        del_plan(propir={"version": "PROPIR", "corte": {"dia": 28, "mes": 2}}), externos=(externo,)
    )


def con_acuerdos(*codigos: str) -> Hechos:
    """Un Plan con acuerdo en esas regiones, y el de cada una archivado."""
    acuerdos = [{**ACUERDO, "region": c} for c in codigos]
    archivados = [registro(f"RG-GT-05/2025/{n:03}", region=c) for n, c in enumerate(codigos, 1)]
    por_region = [{"region": c} for c in REGIONES]
    datos = {"objetivos_regionales": por_region, "compromisos_propir": por_region, "acuerdos_gore": acuerdos}
    return hechos(PLAN, *archivados, datos={"PL-GT-01": datos})


def declarado(tipo: str, codigo: str = "PL-GT-01", region: str = "", **datos: Any) -> Hechos:
    """Ningún documento rige, y el servicio declaró eso al comenzar el año 2025; es el 1 de junio."""
    return replace(
        hechos(), fecha=date(2025, 6, 1), antecedentes=(Antecedente(tipo, codigo, 2025, datos, region),)
    )


def mide(**cambios: Any) -> Hechos:
    """Rige un Plan con un indicador trimestral y se archivó una medición; es el 15 de abril."""
    medicion = {"indicador": "IND-01", "corte": {"mes": 3}, "valor": 40, **cambios}
    datos = {
        "PL-GT-01": {"indicadores": [{**INDICADOR, "frecuencia": "trimestral"}]},
        MEDICION.codigo: {"mediciones": [medicion]},
    }
    return replace(hechos(PLAN, MEDICION, datos=datos), fecha=date(2025, 4, 15))


def sigue(**cambios: Any) -> Hechos:
    """Rige un Programa de Seguimiento con un compromiso completo, salvo lo que se cambie."""
    compromiso = {"id": "S1", "compromiso": "Segundo móvil", "responsable": "dr-12", "plazo": {"mes": 4},
                  "indicador": "IND-01", "regiones": ["12"], **cambios}  # fmt: skip
    return hechos(SEGUIMIENTO, datos={"PG-GT-02": {"compromisos": [compromiso]}})


def difunde(**datos: Any) -> Hechos:
    """Rige un plan de difusión con esos datos."""
    return hechos(DIFUSION, datos={"PL-GT-02": datos})


def por_copiar(version: str, **cambios: Any) -> Hechos:
    """PR-FOM-03 versión 01 rige, y se declaró una copia de esa versión."""
    datos = {"version": version, "copia": 7, "soporte": "papel", "destinatario": "dr-12", **cambios}
    return hechos(BUENO, antecedentes=(Antecedente("distribucion", "PR-FOM-03", 2025, datos),))


def del_programa(**cambios: Any) -> Hechos:
    """Rige un Programa con una actividad."""
    return hechos(PROGRAMA, datos={"PG-GT-01": {"actividades": [{**ACTIVIDAD, **cambios}]}})


def de_sesion(**cambios: Any) -> Hechos:
    """Una sesión de Revisión por la Dirección archivada con esos datos."""
    return hechos(ACTA, datos={ACTA.codigo: {**SESION, **cambios}})


def devuelto(dia: date) -> Hechos:
    """Un Plan que SUBDERE devolvió ese día."""
    sin_visar = ficha(VISADO.removesuffix(" visar emitir"), "PL-GT-01", "plan")
    return hechos(ficha("devolver", de=sin_visar, dia=dia, devolver={"evidencia": oficio("Ord. B")}))


class Caso(NamedTuple):
    """Un hallazgo: unos hechos en que aparece, lo que dice, y otros en que no, con el estado en que queda."""

    id: str
    aparece: Hechos
    dice: str
    no_aparece: Hechos
    queda: str = PREVENIDO


OBSOLETO = Ajeno("documentos/FOM/PR-FOM-03/copia.docx", "sobra", "PR-FOM-03 versión 01")
SUELTO = Ajeno("documentos/FOM/PR-FOM-03/final.docx", "sobra")


def distribuida(de: Ficha = BUENO, *conocen: str, copia: int = 0, dia: date = date(2025, 1, 7)) -> Ficha:
    """Con destinatarios cr1 y egt, quienes ya la conocen y, si se dice, una copia en papel de cr1 sin recibo."""
    copias = [{"numero": copia, "cargo": "cr1", "soporte": "papel", "region": ""}] if copia else []
    extra = {"destinatarios": ["cr1", "egt"], "entrega": ["egt"], "copias": copias}
    hecha = ficha("distribuir", de=de, dia=dia, distribuir={"extra": extra})
    tomas = [{"cargo": c, "fecha": dia.isoformat()} for c in conocen]
    tomar = {"extra": {"conocimientos": tomas}}
    return ficha("tomar-conocimiento", de=hecha, dia=dia, tomar_conocimiento=tomar) if conocen else hecha


CONOCIDA = distribuida(BUENO, "cr1", "egt", copia=7)
ATRASADA = distribuida(BUENO, "cr1")
SIN_RECIBO = distribuida(BUENO, "egt", copia=7)
COPIA_VIEJA = ficha(NORMAL, de=CONOCIDA, version="02", dia=date(2025, 2, 3))
CASOS = (
    Caso("N-01", hechos(BUENO, ajenos=(OBSOLETO,)), "es PR-FOM-03 versión 01, que ya no rige", hechos(BUENO), SIN_DATOS),
    Caso("N-01", hechos(BUENO, alertas={"PR-FOM-03": (alerta("CODIGO-OBSOLETO"),)}), "lo que se vio", hechos(), SIN_DATOS),
    Caso("N-03", hechos(IMPORTADO), "no hay documento que pruebe su aprobación", hechos(CON_RESPALDO, BUENO)),
    Caso("N-03", hechos(ficha("importar", version="03", importar={
        "origen": "registrado_con_respaldo", "vigente_desde": date(2024, 1, 6),
        "extra": {"fecha_aprobacion": "2024-02-05"}})), "se aprobó el 05-02-2024", hechos(CON_RESPALDO)),
    Caso("N-03", hechos(BUENO, guardados=(guardado(formulario="PR-FOM-03", version="01", fecha=date(2025, 1, 2)),)),
         "que rige desde el 06-01-2025", hechos(BUENO, guardados=(guardado(formulario="PR-FOM-03", version="01"),))),
    Caso("N-04", hechos(ficha(revisar={"correo": "cr1@senopl.example"})), "escribió el borrador y además", hechos(BUENO)),
    Caso("N-04", hechos(ficha(identidad={"aprueba": "cr1"})), "elabora y quien aprueba", hechos(BUENO)),
    Caso("N-04", hechos(declarados=(DECLARADO._replace(aprueba="cr5"),)), "elabora y quien aprueba", hechos(declarados=(DECLARADO,))),
    Caso("N-05", hechos(ficha(aprobar={"correo": "sdn@senopl.example"})), "sdn@senopl.example no ejercía Director/a Nacional",
         hechos(ficha(aprobar={"correo": "sdn@senopl.example"}), subrogancias=(
             Subrogancia("dn", "sdn", "(S)", "Res. Ex. 210", date(2025, 1, 1), date(2025, 1, 31)),))),
    Caso("N-06", hechos(DOS, cambiadas={"PR-FOM-03": ("1", "2", "3")}), "cambiaron 3 secciones",
         hechos(CLARO, cambiadas={"PR-FOM-03": ("1", "2", "3")})),
    Caso("N-06", hechos(DOS, cambiadas={"PR-FOM-03": ("1", "2", "3")}), "Actualización general",
         hechos(DOS, cambiadas={"PR-FOM-03": ("1", "2")})),
    Caso("N-07", hechos(BUENO, alertas={"PR-FOM-03": (alerta("IDENTIDAD-VERSION"),)}), "lo que se vio",
         hechos(BUENO, alertas={"PR-FOM-03": (alerta("SIGLA-SIN-DEFINIR"),)}), SIN_HALLAZGO),
    Caso("N-07", hechos(ficha("importar", version="03", importar={"extra": {"archivo_original": "Subsidios v2.docx"}})),
         "llegó como «Subsidios v2.docx»",
         hechos(ficha("importar", version="03", importar={"extra": {"archivo_original": "Subsidios v03.docx"}})), SIN_HALLAZGO),
    Caso("N-08", hechos(BUENO, ficha(identidad={"area": "GT"})), "nombra a más de un documento", hechos(BUENO, PLAN)),
    Caso("N-09", hechos(declarados=(DECLARADO._replace(estado="vigente"),)), "no está en la lista maestra",
         hechos(declarados=(DECLARADO,))),
    Caso("N-10", hechos(ficha(dia=date(2023, 3, 1))), "debía revisarse el 01-03-2025, hace 9 días", hechos(BUENO), SIN_HALLAZGO),
    Caso("N-11", hechos(DOS, guardados=(guardado(formulario="PR-FOM-03", version="01", fecha=date(2025, 2, 3)),)),
         "dejó de regir el 03-02-2025",
         hechos(DOS, guardados=(guardado(formulario="PR-FOM-03", version="01", fecha=date(2025, 2, 2)),))),
    Caso("N-11", hechos(DOS, guardados=(guardado(formulario="PR-FOM-03", version="01", fecha=HOY),)), "versión 01",
         hechos(DOS, guardados=(guardado(),)), SIN_DATOS),
    Caso("N-12", hechos(ficha("registrar", "RG-GT-10/2025/001", "archivo", identidad={"titulo": ""})), "no dice su título",
         hechos(registro())),
    Caso("N-13", hechos(registro(), guardados=(guardado(causa="alterado"),)), "ya no es el archivo del 06-01-2025",
         hechos(registro(), guardados=(guardado(),))),
    Caso("N-14", hechos(registro(), guardados=(guardado(causa="falta"),)), "no está en su carpeta",
         hechos(registro(), guardados=(guardado(),)), SIN_HALLAZGO),
    Caso("N-15", con_serie(retencion_anios=None, disposicion=""), "no dice su tiempo de retención ni su disposición final",
         con_serie(retencion_anios=5), SIN_HALLAZGO),
    # Un informe de avance sigue un circuito y queda en la historia; una evidencia puede llegar como archivo.
    Caso("N-15", con_serie("RG-GT-14", disposicion="eliminación autorizada"), "RG-GT-14, «Informe de avance», dice «eliminación",
         con_serie("RG-GT-13", disposicion="eliminación autorizada"), SIN_HALLAZGO),
    Caso("N-15", hechos(registros=(PEDIDO,)), "nadie dice su retención ni disposición",
         hechos(registros=(PEDIDO._replace(sin_definir=("serie",)),)), SIN_HALLAZGO),
    Caso("N-16", hechos(registro(), guardados=(guardado(causa="falta"),), registros=(
        PEDIDO._replace(vencidos=(Instancia("RG-GT-10/2025/001"),)),)), "no hay acta que lo explique",
         hechos(registro(), guardados=(guardado(causa="falta"),))),
    Caso("N-18", hechos(externos=(EXTERNO._replace(version="2024"),)), "la de 2024 y corre 2025", hechos(externos=(EXTERNO,)),
         SIN_HALLAZGO),
    Caso("N-18", hechos(externos=(EXTERNO._replace(ultima_verificacion=date(2024, 1, 6)),)), "debía verificarse el 06-01-2025",
         hechos(externos=(EXTERNO._replace(estado="de_baja", version="2024"),)), SIN_HALLAZGO),
    Caso("N-18", con_propir("corte 30-04-2025"), "del PROPIR con corte al 28-02-2025, y EX-01 es del 30-04-2025 (I-43)",
         con_propir("corte 15-02-2025"), SIN_HALLAZGO),
    Caso("N-19", hechos(BUENO, alertas={"PR-FOM-03": (alerta("ANEXO-INEXISTENTE", "«Anexo 2»"),)}), "«Anexo 2»",
         hechos(BUENO, alertas={"PR-FOM-03": ()}), SIN_HALLAZGO),
    Caso("N-22", hechos(guardados=(guardado(paginas=3, sin_texto=(2,)),)), "sin texto en la página 2 de 3",
         hechos(guardados=(guardado(paginas=3),)), SIN_HALLAZGO),
    Caso("N-22", hechos(guardados=(guardado(imagen=True),)), "es una imagen", hechos(), SIN_DATOS),
    Caso("N-23", hechos(BUENO, ajenos=(SUELTO,)), "ningún movimiento puso aquí", hechos(BUENO, ajenos=(OBSOLETO,)), SIN_HALLAZGO),
    Caso("N-24", hechos(ficha("crear generar", dia=HOY - timedelta(days=31))), "lleva 31 días sin moverse",
         hechos(ficha("crear generar", dia=HOY - timedelta(days=30))), SIN_HALLAZGO),
    Caso("N-24", de_sesion(instrumentos={"plan": {"modificar": True, "codigo": "PR-FOM-03"}}), "decidió modificar PR-FOM-03",
         de_sesion(instrumentos={"plan": {"modificar": False, "codigo": "PR-FOM-03"}}), SIN_HALLAZGO),
    Caso("N-25", de_sesion(entradas={**SESION["entradas"], "riesgos": {"estado": "presente"}}), "no responde 1 entrada: riesgos",
         de_sesion()),
    Caso("N-25", de_sesion(decisiones=[{"decision": "Comprar", "responsable": ""}]), "no tiene responsable ni plazo",
         de_sesion(entradas={**SESION["entradas"], "riesgos": {"razon": "No hubo cambios este período"}})),
    Caso("N-25", de_sesion(proxima_revision={"mes": 2}), "se esperaba hasta el 28-02-2025", de_sesion(proxima_revision={"mes": 3})),
    Caso("N-25", de_sesion(proxima_revision={"mes": 1}), "se esperaba hasta el 31-01-2025",
         hechos(EN_FEBRERO, datos={EN_FEBRERO.codigo: {**SESION, "proxima_revision": {"mes": 1}}})),
    Caso("N-27", del_plan(indicadores=[{**INDICADOR, "medio_verificacion": None}]), "IND-01 no tiene medio de verificación",
         del_plan(indicadores=[INDICADOR])),
    Caso("N-27", replace(del_plan(indicadores=[{**INDICADOR, "frecuencia": "mensual"}]), fecha=date(2025, 3, 1)),
         "no hay ningún RG-GT-04 del año 2025",
         replace(del_plan(indicadores=[{**INDICADOR, "frecuencia": "mensual"}]), fecha=date(2025, 2, 28))),
    Caso("N-27", medido(58), "RG-GT-04/2025/001 mide IND-01 con meta «58» y PL-GT-01 dice «60»", medido(60)),
    Caso("N-28", del_programa(inicio=1), "empieza en el mes 1 de 2025",  del_programa(inicio=2)),
    Caso("N-28", hechos(ficha("importar", "PL-GT-01", "plan")), "no consta su visación", hechos(PLAN)),
    Caso("N-29", devuelto(date(2025, 2, 21)), "en 11 días hábiles no se ha vuelto a remitir", devuelto(date(2025, 2, 24)), SIN_HALLAZGO),
    Caso("N-30", hechos(ficha(VISADO, "PL-GT-01", "plan", visar={"huella": "1:bbbb"})), "se visó 1:bbbb", hechos(PLAN)),
    Caso("N-31", de_sesion(resultados_gt={"seguimiento_anterior": {"compromisos": [{"compromiso": "Difundir", "plazo": {"mes": 1}}]}}),
         "el compromiso «Difundir» no tiene responsable", de_sesion(), SIN_DATOS),
    Caso("N-32", con_acuerdos(*REGIONES[1:]), "falta Arica y Parinacota", con_acuerdos(*REGIONES), SIN_HALLAZGO),
    Caso("N-32", del_plan(acuerdos_gore=[ACUERDO]), "sin acuerdo archivado con el gobierno regional de: Arica",
         con_acuerdos(*REGIONES), SIN_HALLAZGO),
    Caso("N-33", del_plan(acuerdos_gore=[{**ACUERDO, "contenido": ["oferta", "clientes", "gasto"]}]), "no trae compromisos formalizados",
         del_plan(acuerdos_gore=[ACUERDO])),
    Caso("N-33", del_plan(acuerdos_gore=[{**ACUERDO, "periodicidad": None, "formato": "por definir"}]),
         "no trae formato y periodicidad", del_plan(acuerdos_gore=[ACUERDO])),
    Caso("N-33", del_plan(acuerdos_gore=[{**ACUERDO, "meses_entrega": [2]}]), "sin entregas del año 2025 archivadas para: Arica",
         hechos(PLAN, registro("RG-GT-07/2025/001", region="15"),
                datos={"PL-GT-01": {"acuerdos_gore": [{**ACUERDO, "meses_entrega": [2]}]}})),
    Caso("N-34", hechos(DIAGNOSTICO, estandarizacion=(FILA._replace(estado=NO_INICIADO, atrasado=True),)),
         "PR-FOM-03 debía regir el 30-06-2025 y está «No iniciado»", hechos(DIAGNOSTICO, estandarizacion=(FILA,)), SIN_HALLAZGO),
    Caso("N-34", hechos(DIAGNOSTICO, estandarizacion=(FILA._replace(alerta="N-34"),)), "nadie comprometió", hechos(), SIN_DATOS),
    Caso("N-36", del_programa(responsable=None), "A01 «Ruta 1» no tiene responsable", del_programa()),
    Caso("N-36", del_programa(inicio=5, fin=4), "termina en el mes 4, antes de empezar", del_programa(regiones="todas")),
    Caso("N-01", por_copiar("00"), "la copia 7 en papel de Director/a Regional, Magallanes", por_copiar("1"), SIN_DATOS),
    Caso("N-01", por_copiar("00", retirada=False), "sigue sin retirar y rige la 01", por_copiar("00", retirada=True), SIN_DATOS),
    Caso("N-10", declarado("documentos", "PR-FOM-03", version="04", vencida_revision=True), "PR-FOM-03 versión 04: se declaró con su revisión vencida",
         declarado("documentos", "PR-FOM-03", version="04"), SIN_DATOS),
    Caso("N-25", declarado("revision_direccion", "RG-SGC-05", sesion=2, entradas={"cambios": {"contenido": "sí"}}, asistentes=[{"cargo": "dn"}]),
         "sesión 2: no responde 6 entradas", declarado("revision_direccion", sesion=1, **COMUN)),
    Caso("N-27", mide(valor=None), "IND-01 no tiene valor en su corte del 31-03-2025", mide()),
    Caso("N-27", mide(indicador="IND-02"), "IND-01 se mide desde el 31-03-2025 y ninguna medición lo nombra", mide(valor=0)),
    Caso("N-31", sigue(plazo=None), "el compromiso «Segundo móvil» no tiene plazo", sigue()),
    Caso("N-31", sigue(indicador=""), "no tiene indicador", sigue(indicador="", pertinencia="no_pertinente")),
    Caso("N-32", declarado("programa", actividades=[{"id": "A01", "region": "15"}]), "«Actividades e hitos»: falta Tarapacá",
         declarado("programa", actividades=[{"id": "A01", "regiones": "todas"}]), SIN_HALLAZGO),
    Caso("N-33", declarado("acuerdo_gore", "RG-GT-05", "11", acuerdo={**ACUERDO, "region": "11", "periodicidad": None}),
         "RG-GT-05 (declarado, sin documento vigente): el acuerdo con Aysén del General Carlos Ibáñez del Campo no trae periodicidad",
         declarado("acuerdo_gore", "RG-GT-05", "15", acuerdo=ACUERDO)),
    Caso("N-34", declarado("programa", estandarizacion=[{"producto": "PE4", "documento": "IN-ATC-02", "plazo_mes": 5}]),
         "PE4: IN-ATC-02 debía regir el 31-05-2025", declarado("programa", estandarizacion=[{"producto": "PE4", "plazo_mes": 6}]), SIN_HALLAZGO),
    Caso("N-35", difunde(realizada_si=""), "PL-GT-02 versión 01 no dice cuándo se da por realizada", difunde(realizada_si="Una jornada")),
    Caso("N-35", replace(difunde(realizada_si="Una jornada"), fecha=date(2026, 1, 2)), "sin evidencia archivada de la difusión de 2025",
         replace(difunde(realizada_si="Una jornada"), fecha=date(2025, 12, 31))),
    Caso("N-36", declarado("programa", actividades=[{**ACTIVIDAD, "responsable": None}]), "A01 «Ruta 1» no tiene responsable",
         declarado("programa", actividades=[ACTIVIDAD])),
    Caso("N-37", hechos(BUENO, alertas={"PR-FOM-03": (alerta("DATO-PERSONAL", "RUT 12.345.678-5"),)}), "RUT …78-5",
         hechos(BUENO, alertas={"PR-FOM-03": ()}), SIN_HALLAZGO),
    Caso("N-37", hechos(registro(), guardados=(guardado(ruts=("…78-5",)),)), "de acceso público, trae RUT de personas (…78-5)",
         hechos(registro(), guardados=(guardado(registro=False, ruts=("…78-5",)),), alertas={"PR-FOM-03": ()}), SIN_HALLAZGO),
    *(
        Caso("N-01", hechos(COPIA_VIEJA), "la copia N° 7 (papel) de PR-FOM-03 versión 01 sigue en poder de", hechos(CONOCIDA), SIN_HALLAZGO),
        Caso("N-20", hechos(BUENO), "nadie ha definido quiénes deben conocerla", hechos(CONOCIDA), SIN_HALLAZGO),
        Caso("N-20", hechos(ATRASADA), "no consta el conocimiento de 1 de 2 destinatarios", hechos(), SIN_DATOS),
        Caso("N-20", hechos(SIN_RECIBO), "copias controladas entregadas sin recibo: N° 7", hechos(CONOCIDA), SIN_HALLAZGO),
        Caso("N-21", replace(hechos(COPIA_VIEJA), fecha=date(2025, 2, 14)), "no consta que se avisara a nadie",
             replace(hechos(COPIA_VIEJA), fecha=date(2025, 2, 13)), SIN_HALLAZGO),
        Caso("N-21", replace(hechos(COPIA_VIEJA), fecha=date(2025, 2, 14)), "PR-FOM-03 versión 02", hechos(CONOCIDA), SIN_HALLAZGO),
        Caso("N-21", replace(hechos(COPIA_VIEJA), fecha=date(2025, 2, 14)), "PR-FOM-03 versión 02", hechos(BUENO), SIN_DATOS),
    ),
)  # fmt: skip
SIN_DATO_TODAVIA = {"N-17", "N-26"}
"""Los que el sistema no puede mirar aún; cuando pueda, tendrán su caso."""
SIN_SENAL_POSIBLE = {"N-02"}
"""La copia que sale sin marca no existe: solo se prueba que se dice a qué no alcanza."""


@pytest.mark.parametrize("caso", CASOS, ids=lambda c: f"{c.id} {c.dice[:30]}")
def test_aparece_y_lo_dice_en_tres_partes(caso: Caso) -> None:
    r = resultado(caso.id, caso.aparece)
    assert r.estado == CON_HALLAZGO, r
    assert any(caso.dice in s.evidencia for s in r.evidencia), [s.evidencia for s in r.evidencia]
    assert all((r.requisito, r.enunciado, r.clausula))
    assert all(s.hacer and s.quien and not s.evidencia.endswith(".") for s in r.evidencia)


@pytest.mark.parametrize("caso", CASOS, ids=lambda c: f"{c.id} {c.dice[:30]}")
def test_no_aparece_donde_no_corresponde(caso: Caso) -> None:
    assert evidencias(caso.id, caso.no_aparece) == []
    assert resultado(caso.id, caso.no_aparece).estado == caso.queda


def test_todos_tienen_caso_o_dicen_por_que_no() -> None:
    con_caso = {c.id for c in CASOS}
    assert con_caso | SIN_DATO_TODAVIA | SIN_SENAL_POSIBLE == set(POR_ID)
    assert not con_caso & (SIN_DATO_TODAVIA | SIN_SENAL_POSIBLE)


@pytest.mark.parametrize("id_", sorted(SIN_DATO_TODAVIA))
def test_lo_que_no_se_puede_mirar_no_se_da_por_bueno(id_: str) -> None:
    r = resultado(id_, hechos(BUENO, PLAN))
    assert (r.estado, r.evidencia) == (SIN_DATOS, ())
    assert r.falta


def test_lo_declarado_deja_de_contar_cuando_un_documento_lo_dice() -> None:
    sin_medio = Antecedente(
        "plan", "PL-GT-01", 2025, {"indicadores": [{**INDICADOR, "medio_verificacion": None}]}
    )
    assert "IND-01 no tiene medio" in evidencias("N-27", hechos(antecedentes=(sin_medio,)))[0]
    assert (
        evidencias(
            "N-27", hechos(PLAN, datos={"PL-GT-01": {"indicadores": [INDICADOR]}}, antecedentes=(sin_medio,))
        )
        == []
    )
    # Un acuerdo se declara por región: archivar el de una no calla el de otra.
    acuerdos = tuple(
        Antecedente(
            "acuerdo_gore", "RG-GT-05", 2025, {"acuerdo": {**ACUERDO, "region": r, "formato": None}}, r
        )
        for r in ("15", "16")
    )
    vistos = evidencias("N-33", hechos(registro("RG-GT-05/2025/001", region="15"), antecedentes=acuerdos))
    assert ["Ñuble" in v for v in vistos] == [True]


def test_una_copia_dice_a_que_no_alcanza_su_leyenda() -> None:
    planilla = ficha(codigo="FO-GT-06", tipo="archivo", emitir={"archivo": "FO-GT-06_v01.xlsx"})
    r = resultado("N-02", hechos(BUENO, planilla, CON_RESPALDO._replace(clave="PR-FOM-09")))
    assert r.estado == PREVENIDO
    assert "FO-GT-06 y PR-FOM-09" in r.nota
    assert "PR-FOM-03" not in r.nota


def test_de_una_copia_declarada_se_dice_que_importar_primero() -> None:
    datos = {"version": "01", "copia": 7, "soporte": "papel", "destinatario": "dr-12"}
    dicho = (Antecedente("distribucion", "PR-FOM-03", 2025, datos),)
    vigente = DECLARADO._replace(codigo="PR-FOM-03", version="02", estado="vigente")
    [senal] = resultado("N-01", hechos(antecedentes=dicho, declarados=(vigente,))).evidencia
    assert senal.hacer.startswith("importe PR-FOM-03 (sgc-gt importar); después, retire la copia")
    [senal] = resultado("N-01", hechos(DOS, antecedentes=dicho)).evidencia
    assert senal.hacer.startswith("retire la copia y anote su entrega")


def test_lo_prevenido_nombra_su_guarda_y_cuenta_lo_que_goberno() -> None:
    r = resultado("N-05", hechos(BUENO, PLAN))
    assert (r.estado, r.gobernados) == (PREVENIDO, 5)  # revisar y aprobar de los dos, y la visación del Plan
    assert "persona y cargo" in r.guarda


def test_una_decision_sin_efecto_no_se_cuenta() -> None:
    devuelta = ficha("crear generar enviar revisar devolver")
    assert resultado("N-05", hechos(devuelta)).gobernados == 0


def test_una_excepcion_razonada_se_dice_y_no_es_hallazgo() -> None:
    s = servicio()
    amparado = replace(
        hechos(ficha(revisar={"correo": "cr1@senopl.example"})),
        servicio=s._replace(excepciones=(Excepcion("PR-FOM-03", "segregacion", "un solo profesional"),)),
    )
    r = resultado("N-04", amparado)
    assert r.estado == PREVENIDO
    assert "PR-FOM-03 (un solo profesional)" in r.nota


def test_se_ordenan_por_estado_y_gravedad() -> None:
    todos = evaluar(
        hechos(IMPORTADO._replace(clave="PR-FOM-09"), DOS, externos=(EXTERNO._replace(version="2024"),))
    )
    lugares = [(ESTADOS.index(r.estado), GRAVEDADES.index(r.gravedad)) for r in todos]
    assert lugares == sorted(lugares)
    assert [r.id for r in todos if r.estado == CON_HALLAZGO][:2] == ["N-03", "N-18"]


def test_un_servicio_sin_gestion_territorial_no_ve_los_suyos() -> None:
    solo = replace(hechos(BUENO), servicio=servicio()._replace(paquetes=("sgc",)))
    assert {r.id for r in evaluar(solo)} == {t.id for t in TIPICOS if not t.mira_en}
    assert len(evaluar(hechos(BUENO))) == 37


@pytest.mark.parametrize(("norma", "cita"), [("ISO 9001:2015", "7.5.2 c)"), ("ISO 9001:2008", "4.2.3 a)")])
def test_la_clausula_es_la_de_la_edicion_del_servicio(norma: str, cita: str) -> None:
    h = replace(hechos(BUENO), servicio=servicio()._replace(norma=norma))
    assert resultado("N-03", h).clausula == f"{norma} {cita}"


def test_lo_posterior_a_la_fecha_no_se_mira() -> None:
    antes = replace(hechos(ficha(NORMAL, aprobar={"correo": "sdn@senopl.example"})), fecha=date(2025, 1, 5))
    assert evidencias("N-05", antes) == []


def test_los_identificadores_son_treinta_y_siete_y_en_orden() -> None:
    assert [t.id for t in TIPICOS] == [f"N-{n:02}" for n in range(1, 38)]
    assert all(t.gravedad in GRAVEDADES and t.modo and t.mira for t in TIPICOS)


ANTECEDENTES = (
    "plan", "programa", "acuerdo_gore", "medicion_indicadores", "informe_implementacion", "programa_seguimiento",
    "plan_difusion", "revision_direccion", "documentos", "distribucion",
)  # fmt: skip

CUALQUIERA = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 20) | st.sampled_from(["", "15", "todas", "por definir", "dr-15", "2025"]),
    lambda dentro: st.lists(dentro, max_size=3) | st.dictionaries(st.sampled_from([
        "region", "regiones", "responsable", "inicio", "fin", "mes", "anio", "plazo", "codigo", "modificar", "contenido",
        "meses_entrega", "formula", "razon", "compromisos", "seguimiento_anterior", "plan", "estado", "frecuencia",
        "id", "indicador", "avance", "meta", "valor", "comprometido", "efectivo", "propuesta", "hasta_mes",
    ]), dentro, max_size=4),
    max_leaves=12,
)  # fmt: skip
CLAVES = st.sampled_from([
    "actividades", "indicadores", "acuerdos_gore", "objetivos_regionales", "entradas", "decisiones", "asistentes",
    "instrumentos", "proxima_revision", "resultados_gt", "productos", "mediciones", "compromisos", "acuerdo",
    "estandarizacion", "realizada_si", "corte", "version", "avance_programa", "brechas", "modificados", "periodo",
    "cumplimiento_anterior",
])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(CLAVES, CUALQUIERA, max_size=6))
def test_datos_de_cualquier_forma_no_detienen_la_revision(datos: dict[str, Any]) -> None:
    rinden = tuple(
        ficha("crear generar enviar aprobar emitir", f"RG-GT-03/2025/00{n}", tipo, dia=date(2025, 3, 3))
        for n, tipo in enumerate(("informe_implementacion", "evaluacion_resultados", "medicion_indicadores"))
    )
    rigen = (PLAN, PROGRAMA, ACTA, DIAGNOSTICO, SEGUIMIENTO, *rinden)
    dichos = tuple(Antecedente(t, "X-1", 2025, datos) for t in ANTECEDENTES)
    todos = evaluar(hechos(*rigen, datos={f.codigo: datos for f in rigen}, antecedentes=dichos))
    assert len(todos) == 37
    assert all(s.evidencia and s.hacer and s.quien for r in todos for s in r.evidencia)
