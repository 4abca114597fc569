"""Con qué palabras el procedimiento nombra papeles, pasos y plazos: cada cosa, en un solo lugar."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sgc_gt.dominio.etiquetas import ACTOS, CLASES_EVIDENCIA, ESTADOS, ROLES
from sgc_gt.dominio.servicio import PasoCircuito
from sgc_gt.dominio.textos import enumerar, mayuscula
from sgc_gt.reglas.control_reglas import ReglaActo, Reglas
from sgc_gt.reglas.control_reparto import ReglaSolicitud
from sgc_gt.reglas.control_titulares import Titulares

DEL_DOCUMENTO = ("elabora", "revisa", "aprueba", "responsable")
"""Los papeles que cada documento dice quién cumple."""

_PAPELES = {
    "auditor": "Auditoría interna",
    "control_documental": "Control documental",
    "encargado_cr": "Encargados/as de Centros de Responsabilidad",
    "encargado_gt": "Encargado/a del Sistema Gestión Territorial",
    "jefatura_territorial": "Jefaturas territoriales",
    "jefe_servicio": "Jefatura superior del Servicio",
    "miembro_comite": "Integrantes del equipo de la calidad",
    "oficina_partes": "Oficina de Partes",
    "representante_direccion": "Representante de la Dirección",
    "revisor_juridico": "Revisión jurídica",
}
_CIRCUITOS = {
    "normal": "normal",
    "con_visacion": "con visación",
    "menor": "de cambio menor",
    "registro": "de registro",
}
_PAPELES_DEL_DOCUMENTO = {
    "elabora": "Quien elabora",
    "revisa": "Quienes revisan",
    "aprueba": "Quien aprueba",
    "responsable": "Responsable del proceso",
}
_PARTES = {"tipo": "TIPO", "area": "ÁREA"}
_DISTINTO = {
    "elabora": "quien escribió el borrador",
    "revisar": "quien dio la conformidad de revisión",
    "aprobar": "quien aprobó",
    "remitir": "quien lo remitió a visación",
    "visar": "quien registró la visación",
    "resolver": "quien resolvió",
}
_EXIGE = {
    "motivo": "motivo",
    "observaciones": "observaciones",
    "oficio": "número y fecha del oficio",
    "adjunto": "archivo del oficio",
    "acto_administrativo": "número, fecha y archivo de la resolución o del decreto",
}
_QUIEN = {
    "control_documental": "control documental",
    "paso": "quien el circuito señala",
    "revisores": "quien tiene pendiente el paso",
    "sistema": "el sistema, al llegar la fecha",
    "cualquiera": "cualquier persona del servicio",
    "destinatarios": "cada persona que debe conocerlo, o control documental con el papel que lo prueba",
}
FUENTES = {"norma": "norma", "procedimiento": "procedimiento propio", "practica": "práctica"}
CLASES = {
    "documento": "documento, con versiones",
    "registro": "registro, sin versiones",
    "archivo": "documento de cualquier formato, con versiones",
}

_ANEXOS = ("codigos", "circuitos", "tipos", "movimientos", "subrogancia", "series", "excepciones", "norma")
_ETAPAS = (
    *("codigo", "elaboracion", "aprobacion", "vigencia", "uso", "cambios"),
    *("obsoletos", "externos", "registros", "constancia", "reglas"),
)


def anexo(clave: str) -> str:
    """«Anexo 2»: el número sale del orden en que los anexos se escriben."""
    return f"Anexo {_ANEXOS.index(clave) + 1}"


def apartado(clave: str) -> str:
    """«6.2.4»: el número sale del orden en que las etapas se escriben."""
    return f"6.2.{_ETAPAS.index(clave) + 1}"


def lugar(clave: str) -> str:
    """El apartado o el anexo de esa clave, para citarlo."""
    return apartado(clave) if clave in _ETAPAS else anexo(clave)


def papel(clave: str) -> str:
    """El nombre de un papel del servicio; el que inventó el propio servicio se lee de su clave."""
    return _PAPELES.get(clave) or mayuscula(clave.replace("_", " "))


def papel_del_documento(clave: str) -> str:
    """El nombre de un papel que cada documento dice quién cumple."""
    return f"{_PAPELES_DEL_DOCUMENTO[clave]} (lo indica cada documento)"


def con_titulares(de: Titulares) -> str:
    """«Control documental: Profesional de Control Documental»; una vez si papel y cargo se llaman igual."""
    nombre, cargos = papel(de.clave), titulares(de)
    return nombre if nombre == cargos else f"{nombre}: {cargos}"


def mascara(texto: str) -> str:
    """La forma de los códigos, legible: «TIPO-ÁREA-NN»."""
    return re.sub(r"\{(\w+)\}", lambda m: _PARTES.get(m.group(1), m.group(1).upper()), texto)


def circuito(nombre: str) -> str:
    """El nombre de un circuito, para ir después de la palabra «circuito»."""
    return _CIRCUITOS.get(nombre) or nombre.replace("_", " ")


def estados(claves: Iterable[str]) -> str:
    """Los estados, con las palabras de pantalla."""
    return enumerar((f"«{ESTADOS[c]}»" for c in claves), "o")


def movimientos(actos: Iterable[ReglaActo]) -> str:
    """«crear documento, abrir nueva versión y reabrir»."""
    return enumerar(ACTOS[a.nombre] for a in actos)


def exigencias(claves: Iterable[str]) -> str:
    """Lo que un movimiento no puede omitir."""
    return enumerar(_EXIGE[c] for c in claves)


def respaldos(clases: Iterable[str]) -> str:
    """Las formas de respaldo que se aceptan: basta una."""
    return enumerar((CLASES_EVIDENCIA[c] for c in clases), "o")


def anios(cuantos: int | None) -> str:
    """Un plazo en años; sin plazo, «por definir»."""
    if cuantos is None:
        return "por definir"
    return "1 año" if cuantos == 1 else f"{cuantos} años"


def cada(meses: int) -> str:
    """Cada cuánto se revisa."""
    if not meses:
        return "sin revisión periódica"
    if meses % 12:
        return f"cada {meses} meses" if meses > 1 else "cada mes"
    return f"cada {anios(meses // 12)}" if meses > 12 else "cada año"


def titulares(de: Titulares) -> str:
    """Los cargos que lo cumplen; si nadie, se dice."""
    return enumerar(de.cargos) or "cargo por definir"


def destino(de: Titulares) -> str:
    """A quiénes nombra una palabra de las reglas de distribución: «Control documental (Profesional de…)»."""
    if de.clave in _PAPELES and papel(de.clave) != titulares(de):
        return f"{papel(de.clave)} ({titulares(de)})"
    return titulares(de)


def solicitud(ruta: ReglaSolicitud, antes: Iterable[ReglaSolicitud]) -> str:
    """Quién responde lo que se pide por esa ruta; `antes`: las que se prueban primero."""
    de = f", si lo pide {enumerar(map(_breve, ruta.de), 'o')}" if ruta.de else ""
    if not de and any(set(otra.pide) & set(ruta.pide) for otra in antes):
        de = ", en los demás casos"
    pasos = enumerar(
        f"{_RESPONDE.get(acto, ACTOS[acto])} {_breve(de_quien)}" for acto, de_quien in ruta.pasos
    )
    return f"{mayuscula(enumerar(ruta.pide, 'o'))}{de}: {pasos}."


_RESPONDE = {"revisar": "revisa", "aprobar": "aprueba", "resolver": "resuelve"}


def _breve(de: Titulares) -> str:
    """El papel, que la sección de responsabilidades explica; si es un cargo, su nombre."""
    return papel(de.clave) if de.clave in _PAPELES else titulares(de)


def quien_hace(acto: ReglaActo) -> str:
    """A quién entrega la tabla un movimiento."""
    if acto.nombre == "registrar" or acto.quien == "custodia":
        return "responsable de la serie, o control documental"
    if acto.quien in DEL_DOCUMENTO:
        return f"quien el documento indica en «{ROLES[acto.quien]}»"
    return _QUIEN[acto.quien]


def quien_cumple(reglas: Reglas, paso: PasoCircuito) -> str:
    """Quién hace un paso y cuántas personas se piden."""
    varias = f"; {paso.cuantos} personas distintas" if paso.cuantos > 1 else ""
    if paso.rol == "revisa" and not paso.cuantos:
        varias = "; si indica varios cargos, todos"
    if paso.rol in DEL_DOCUMENTO:
        return f"quien el documento indica en «{ROLES[paso.rol]}»{varias}"
    cargos = enumerar(reglas.cumplen(paso.rol), "o")
    es_papel = any(t.clave == paso.rol for t in reglas.papeles)
    return (f"{papel(paso.rol)} ({cargos})" if es_papel else cargos) + varias


def distinto_de(paso: PasoCircuito) -> str:
    """«de quien escribió el borrador y de quien aprobó»; vacío si no se exige una persona distinta."""
    return enumerar(f"de {_DISTINTO[d]}" for d in paso.distinto_de)


def respaldo_del_paso(reglas: Reglas, paso: PasoCircuito) -> str:
    """Qué respaldo se acepta: el que dice el paso, el que dice el tipo, y lo que el movimiento exige."""
    exige = next((a.exige for a in reglas.actos if a.nombre == paso.acto), ())
    partes = []
    if paso.evidencia:
        partes.append(respaldos(paso.evidencia))
    elif paso.acto == "aprobar":
        partes.append(f"el que acepta cada tipo ({anexo('tipos')})")
    if exige:
        partes.append(exigencias(exige))
    return "; ".join(partes) or "el movimiento registrado"
