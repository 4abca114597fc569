"""Las palabras de pantalla: una sola tabla para órdenes, informes y documentos (arquitectura §8)."""

from __future__ import annotations

ACTOS = {
    "iniciar": "iniciar el sistema",
    "crear": "crear documento",
    "nueva-version": "abrir nueva versión",
    "generar": "generar borrador",
    "entregar": "entregar borrador",
    "enviar": "enviar a revisión",
    "retirar": "retirar del circuito",
    "devolver": "devolver con observaciones",
    "revisar": "dar conformidad de revisión",
    "aprobar": "aprobar",
    "reabrir": "reabrir",
    "remitir": "remitir a visación técnica",
    "visar": "registrar visación técnica",
    "emitir": "poner en vigencia",
    "regir": "comenzar a regir",
    "mantener": "mantener vigente sin cambios",
    "dejar-sin-efecto": "dejar sin efecto",
    "descartar": "descartar borrador",
    "importar": "importar lo aprobado fuera del sistema",
    "registrar": "archivar registro",
    "recodificar": "dar otro código",
    "rectificar": "rectificar un dato",
    "distribuir": "distribuir",
    "tomar-conocimiento": "tomar conocimiento",
    "retirar-copia": "retirar copia controlada",
    "solicitar": "presentar solicitud",
    "resolver": "resolver solicitud",
    "reasignar": "reasignar cargos",
    "corregir": "anotar corrección de un registro",
    "suspender": "suspender la retención",
    "reanudar": "reanudar la retención",
    "proponer-disposicion": "proponer la disposición",
    "autorizar-disposicion": "autorizar la disposición",
    "disponer": "disponer el registro",
    "prorrogar": "prorrogar la retención",
    "desistir": "desistir de la disposición",
    "sustraer": "sustraer un archivo",
    "configurar": "cambiar la configuración",
    "externo": "documento externo",
    "subrogar": "registrar subrogancia",
}

HECHOS = {
    "iniciar": "Se inicia el sistema",
    "crear": "Se crea",
    "nueva-version": "Se abre nueva versión de",
    "generar": "Se genera el borrador de",
    "entregar": "Se entrega el borrador de",
    "enviar": "Se envía a revisión",
    "retirar": "Se retira del circuito",
    "devolver": "Se devuelve con observaciones",
    "revisar": "Conformidad de revisión de",
    "aprobar": "Se aprueba",
    "reabrir": "Se reabre",
    "remitir": "Se remite a visación técnica",
    "visar": "Visación técnica de",
    "emitir": "Se pone en vigencia",
    "regir": "Comienza a regir",
    "mantener": "Se mantiene vigente sin cambios",
    "dejar-sin-efecto": "Se deja sin efecto",
    "descartar": "Se descarta el borrador de",
    "importar": "Se importa",
    "registrar": "Se archiva el registro",
    "recodificar": "Cambia el código de",
    "rectificar": "Se rectifica un dato de",
    "distribuir": "Se distribuye",
    "tomar-conocimiento": "Toma de conocimiento de",
    "retirar-copia": "Se retira copia controlada de",
    "solicitar": "Se presenta la solicitud",
    "resolver": "Se resuelve la solicitud",
    "reasignar": "Cambian los cargos de",
    "corregir": "Se anota una corrección de",
    "suspender": "Se suspende la retención de",
    "reanudar": "Se reanuda la retención de",
    "proponer-disposicion": "Se propone la disposición de",
    "autorizar-disposicion": "Se autoriza la disposición de",
    "disponer": "Se dispone",
    "prorrogar": "Se prorroga la retención de",
    "desistir": "Se desiste de la disposición de",
    "sustraer": "Se sustrae un archivo de",
    "configurar": "Cambia la configuración",
    "externo": "Documento externo",
    "subrogar": "Se registra subrogancia",
}
"""La oración con que empieza el mensaje de cada movimiento en la historia."""

ESTADOS = {
    "borrador": "Borrador",
    "en_revision": "En revisión",
    "en_aprobacion": "En aprobación",
    "aprobado": "Aprobado",
    "en_visacion": "En visación",
    "visado": "Visado",
    "emitido": "Emitido, por regir",
    "vigente": "Vigente",
    "obsoleto": "Obsoleto",
    "descartado": "Descartado",
    "archivado": "Archivado",
    "corregido": "Archivado, con corrección",
    "suspendido": "Retención suspendida",
    "en_disposicion": "En disposición",
    "por_disponer": "Disposición autorizada",
    "dispuesto": "Dispuesto",
    "sustraido": "Sustraído",
}

APROBADO_FUERA = "Aprobado fuera del sistema"
"""Cómo se muestra, en toda pantalla, lista y documento, lo que llegó ya aprobado."""

APROBACIONES = {
    "fuera_con_respaldo": "aprobado fuera del sistema",
    "fuera_sin_respaldo": "aprobado fuera del sistema, sin respaldo",
}
"""Lo que se agrega al estado de una versión importada."""

ORIGENES = {
    "por_la_persona": "por la persona",
    "registrado_con_respaldo": "registrado con respaldo",
    "registrado_sin_respaldo": "registrado sin respaldo",
    "declarado": "declarado en su carpeta",
}

CLASES_EVIDENCIA = {
    "firma": "firma en el documento",
    "firma_electronica": "firma electrónica de quien lo hace",
    "pdf_firmado": "PDF firmado",
    "resolucion": "resolución exenta",
    "decreto": "decreto",
    "oficio": "oficio",
    "acta": "acta",
    "recibo": "recibo",
    "archivo": "archivo adjunto",
    "original": "archivo original",
}

SOPORTES_COPIA = {"papel": "papel", "electronica": "electrónica"}
DESTINOS_COPIA = {"devuelta": "devuelta", "destruida": "destruida", "extraviada": "extraviada"}
"""En qué soporte está una copia controlada, y en qué termina la que se retira."""

FIRMAS = {
    "sin_firma": "sin firma",
    "valida": "firmado",
    "no_vale": "la firma no vale",
}

GRAVEDADES = {
    "impide": "Impide el envío",
    "corregir": "Por corregir",
    "sugerencia": "Sugerencia",
}

FUENTES = {
    "procedimiento": "procedimiento del servicio",
    "norma": "norma",
    "practica": "práctica",
}
"""De dónde sale lo que una alerta pide."""

CLAUSULAS = {
    "con_evidencia": "Con evidencia",
    "con_alertas": "Con alertas",
    "sin_evidencia": "Sin evidencia en el sistema",
    "no_aplica": "No aplica",
}
"""En qué queda una cláusula, o una de sus evidencias, en la auditoría."""

OBSERVACIONES = {"abierta": "abierta", "respondida": "respondida", "conforme": "conforme"}

ROLES = {
    "elabora": "elaborado por",
    "revisa": "revisado por",
    "aprueba": "aprobado por",
    "responsable": "responsable del proceso",
    "control_documental": "control documental",
}
