"""Las palabras con que el procedimiento nombra papeles, pasos y plazos: cada cosa se dice en un solo lugar."""

from __future__ import annotations

from collections.abc import Iterable

from sgc_gt.dominio.etiquetas import ACTOS, CLASES_EVIDENCIA, ESTADOS, ROLES
from sgc_gt.dominio.servicio import PasoCircuito
from sgc_gt.reglas.control_reglas import ReglaActo, Reglas, Titulares

_DEL_DOCUMENTO = frozenset({"elabora", "revisa", "aprueba", "responsable"})
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
_DISTINTO = {
    "elabora": "quien escribió el borrador",
    "revisar": "quien dio la conformidad de revisión",
    "aprobar": "quien aprobó",
    "remitir": "quien lo remitió a visación",
    "visar": "quien registró la visación",
}
_EXIGE = {
    "motivo": "motivo",
    "observaciones": "observaciones",
    "oficio": "número y fecha del oficio",
    "adjunto": "archivo del oficio",
}
FUENTES = {"norma": "norma", "procedimiento": "procedimiento propio", "practica": "práctica"}
CLASES = {
    "documento": "documento, con versiones",
    "registro": "registro, sin versiones",
    "archivo": "documento de cualquier formato, con versiones",
}


def enumerar(textos: Iterable[str], union: str = "y") -> str:
    """«a, b y c»; vacío si no hay ninguno. La «y» es «e» ante sonido de i."""
    lista = list(textos)
    if len(lista) < 2:
        return "".join(lista)
    ultimo = lista[-1].lower()
    suena_i = union == "y" and ultimo.startswith(("i", "hi")) and not ultimo.startswith(("hie", "hia"))
    return f"{', '.join(lista[:-1])} {'e' if suena_i else union} {lista[-1]}"


def mayuscula(texto: str) -> str:
    """El texto con su primera letra en mayúscula, sin tocar las demás."""
    return texto[:1].upper() + texto[1:]


def papel(clave: str) -> str:
    """El nombre de un papel del servicio; el que inventó el propio servicio se lee de su clave."""
    return _PAPELES.get(clave) or mayuscula(clave.replace("_", " "))


def circuito(nombre: str) -> str:
    """El nombre de un circuito, para ir después de «circuito»."""
    return _CIRCUITOS.get(nombre) or nombre.replace("_", " ")


def estados(claves: Iterable[str]) -> str:
    """Los estados, con las palabras de pantalla; vacío si nace con el acto."""
    return enumerar((ESTADOS[c].lower().replace(",", "") for c in claves), "o")


def movimientos(actos: Iterable[ReglaActo]) -> str:
    """«crear documento, reabrir y aprobar»."""
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


def titulares(papel_o_cargo: Titulares) -> str:
    """Los cargos que lo cumplen; si nadie, se dice."""
    return enumerar(papel_o_cargo.cargos) or "cargo por definir"


def quien_hace(reglas: Reglas, acto: ReglaActo) -> str:
    """A quién entrega la tabla un movimiento."""
    if acto.quien in _DEL_DOCUMENTO:
        return f"quien el documento indica en «{ROLES[acto.quien]}»"
    control = enumerar(next((t.cargos for t in reglas.papeles if t.clave == "control_documental"), ()))
    if acto.nombre == "registrar":
        return f"responsable de la serie, o control documental ({control})"
    return {
        "control_documental": f"control documental ({control})",
        "paso": "a quien el circuito señala",
        "revisores": "a quien le toca el paso pendiente del circuito",
        "sistema": "el sistema, al llegar la fecha",
    }[acto.quien].removeprefix("a ") if acto.quien != "sistema" else "el sistema, al llegar la fecha"


def quien_cumple(reglas: Reglas, paso: PasoCircuito) -> str:
    """Quién hace un paso y cuántas personas se piden."""
    if paso.rol in _DEL_DOCUMENTO:
        quien = f"quien el documento indica en «{ROLES[paso.rol]}»"
        todos = paso.rol == "revisa" and not paso.cuantos
        return f"{quien}; si indica varios cargos, todos" if todos else quien + _cuantas(paso.cuantos)
    cargos = enumerar(reglas.cumplen(paso.rol), "o")
    nombre = papel(paso.rol)
    propio = cargos if any(t.clave == paso.rol for t in reglas.papeles) else ""
    return (f"{nombre.lower() if nombre == 'Control documental' else nombre} ({propio})" if propio else cargos) + _cuantas(
        paso.cuantos
    )


def _cuantas(cuantos: int) -> str:
    return f"; {cuantos} personas distintas" if cuantos > 1 else ""


def distinto_de(paso: PasoCircuito) -> str:
    """De quién debe ser distinta la persona que cumple el paso; vacío si no se exige."""
    return enumerar(_DISTINTO[d] for d in paso.distinto_de)


def respaldo_del_paso(reglas: Reglas, paso: PasoCircuito) -> str:
    """Qué respaldo se acepta: el que dice el paso, el que dice el tipo, o lo que el movimiento exige."""
    exige = next((a.exige for a in reglas.actos if a.nombre == paso.acto), ())
    partes = []
    if paso.evidencia:
        partes.append(respaldos(paso.evidencia))
    elif paso.acto == "aprobar":
        partes.append("el que acepta cada tipo")
    if exige:
        partes.append(exigencias(exige))
    return "; ".join(partes) or "el movimiento registrado"
