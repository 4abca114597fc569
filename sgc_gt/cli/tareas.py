"""Las órdenes, por la tarea en que se usan: dónde está cada una y, en pocas palabras, qué hace.

La ayuda general sale de aquí, así que mostrarla no carga ninguna; la de cada orden está en la orden.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Entrada(NamedTuple):
    """El módulo de la orden y su renglón en la ayuda general."""

    modulo: str
    frase: str


TAREAS: Mapping[str, Mapping[str, Entrada]] = {
    "Para comenzar": {
        "iniciar": Entrada("o_inicio", "Crea la carpeta de un servicio."),
        "demo": Entrada("o_inicio", "Crea el año completo de un servicio ficticio."),
        "importar": Entrada("o_importar", "Trae documentos que ya estaban aprobados."),
    },
    "Elaborar un documento": {
        "tipos": Entrada("c_estado", "Qué tipos hay, y el circuito de cada uno."),
        "crear": Entrada("o_documento", "Crea un documento o un registro, con su borrador."),
        "nueva-version": Entrada("o_documento", "Abre el borrador de la versión siguiente."),
        "formulario": Entrada("c_formulario", "Deja el Excel donde se llenan sus datos."),
        "generar": Entrada("o_documento", "Hace de nuevo el borrador desde los datos."),
        "entregar": Entrada("o_documento", "Recibe el borrador editado en Word."),
        "vigilar": Entrada("o_vigilar", "Recibe lo que cada cargo guarda en su carpeta."),
        "descartar": Entrada("o_circuito", "Descarta el borrador de una versión que no seguirá."),
    },
    "Del borrador a la vigencia": {
        "enviar": Entrada("o_circuito", "Envía borradores a revisión."),
        "retirar": Entrada("o_circuito", "Lo trae de vuelta, para seguir editándolo."),
        "devolver": Entrada("o_circuito", "Lo devuelve con observaciones a quien elabora."),
        "revisar": Entrada("o_circuito", "Da la conformidad de revisión."),
        "preparar-firma": Entrada("o_documento", "Deja el PDF para firmar, y la resolución si son varios."),
        "aprobar": Entrada("o_circuito", "Aprueba: por sí mismo, con firma o por resolución."),
        "reabrir": Entrada("o_circuito", "Vuelve a borrador lo que estaba aprobado."),
        "remitir": Entrada("o_circuito", "Remite a visación técnica, con su oficio."),
        "visar": Entrada("o_circuito", "Registra la visación técnica recibida por oficio."),
        "emitir": Entrada("o_circuito", "Pone en vigencia y retira la versión anterior."),
        "mantener": Entrada("o_circuito", "Mantiene vigente sin cambios (revisión periódica)."),
        "dejar-sin-efecto": Entrada("o_circuito", "Deja sin efecto un documento vigente."),
    },
    "Que llegue y se conozca": {
        "distribuir": Entrada("c_distribucion", "Anota a quiénes llega y entrega copias controladas."),
        "tomar-conocimiento": Entrada("c_distribucion", "Deja constancia de quiénes lo leyeron."),
        "retirar-copia": Entrada("c_distribucion", "Anota en qué terminó una copia controlada."),
        "copia": Entrada("c_copia", "Descarga una copia, marcada por lo que es."),
        "publicar": Entrada("c_publicar", "Deja lo que rige en una carpeta compartida."),
    },
    "Registros": {
        "registrar": Entrada("o_sistema", "Archiva un registro en su serie."),
        "corregir": Entrada("o_vida", "Anota que un registro está equivocado."),
        "suspender": Entrada("o_vida", "Suspende la retención de un registro."),
        "reanudar": Entrada("o_vida", "Reanuda la retención suspendida."),
        "disposicion": Entrada("o_disposicion", "Lleva la disposición final de lo que la cumplió."),
        "sustraer": Entrada("o_vida", "Retira de verdad un archivo subido por equivocación."),
        "registros": Entrada("c_listas", "Lo que la sección 9 pide, contra lo archivado."),
    },
    "Solicitudes y correcciones": {
        "solicitar": Entrada("o_solicitudes", "Presenta una solicitud de cambio."),
        "resolver": Entrada("o_solicitudes", "Acepta, rechaza, devuelve o junta una solicitud."),
        "rectificar": Entrada("o_correcciones", "Corrige un dato mal anotado de un movimiento."),
        "reasignar": Entrada("o_correcciones", "Cambia los cargos de los documentos."),
        "recodificar": Entrada("o_correcciones", "Da otro código; los anteriores siguen valiendo."),
    },
    "El servicio": {
        "configurar": Entrada("o_sistema", "Registra cambios de configuración y de plantillas."),
        "externo": Entrada("o_sistema", "Lleva la lista de documentos externos."),
        "subrogar": Entrada("o_sistema", "Registra que un cargo reemplaza a otro."),
    },
    "Cómo va el año": {
        "estado": Entrada("c_estado", "Qué rige, qué está en camino y de quién es el turno."),
        "pendientes": Entrada("c_pendientes", "Qué hay por hacer, de quién es y para cuándo."),
        "compromisos": Entrada("c_compromisos", "En qué está lo comprometido."),
        "estandarizacion": Entrada("c_estado", "Los procedimientos de la etapa 6.2.5."),
        "completitud": Entrada("c_completitud", "Qué objetos del año consideran a cada región."),
        "matriz": Entrada("c_matriz", "Qué documento responde a cada requisito, y qué falta."),
    },
    "Comprobar y mostrar": {
        "comprobar": Entrada("c_comprobar", "Revisa la forma, los datos y el estado."),
        "comparar": Entrada("c_comparar", "Qué cambió entre dos versiones, por sección."),
        "historial": Entrada("c_historial", "Quién hizo qué, cuándo y con qué respaldo."),
        "listas": Entrada("c_listas", "Lista maestra, registros, externos y distribución."),
        "expediente": Entrada("c_expediente", "Todo lo de un documento, en una página."),
        "auditar": Entrada("c_auditar", "Cada cláusula de la norma, con su evidencia."),
        "verificar": Entrada("c_verificar", "Repite la historia entera y dice si calza."),
    },
}
ORDENES: Mapping[str, str] = {
    nombre: entrada.modulo for grupo in TAREAS.values() for nombre, entrada in grupo.items()
}
"""De cada orden, su módulo."""
