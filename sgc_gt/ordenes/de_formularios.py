"""Los datos que una orden recibe: un archivo de datos, o uno o más formularios de Excel que se juntan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sgc_gt.config.datos import validar_datos
from sgc_gt.config.escritura import Parte, escribir
from sgc_gt.consultas.formularios import nombres_de
from sgc_gt.contexto import Vista
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.dominio.totales import descuadres
from sgc_gt.errores import EntradaInvalida, Problema, UsoIncorrecto
from sgc_gt.ordenes.borrador import leer_datos
from sgc_gt.ordenes.pedido import Adjunto

if TYPE_CHECKING:
    from sgc_gt.listas.formularios.leer import Leido

EXCEL = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv")
_OTRO_PROGRAMA = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")
"""Cómo comienzan un Word, un libro de Excel, un PDF y lo antiguo de Office."""
_MAXIMO = 40
"""Problemas que se muestran de una vez: más no se leen."""
VACIO = "pida el formulario de nuevo; si todo lo de esa parte sobra, quítelo en los datos del borrador"


class Destino(NamedTuple):
    """Para qué documento son los datos."""

    tipo: Tipo
    anio: int
    codigo: str = ""
    version: str = ""
    actual: bytes = b"{}\n"


class Recibido(NamedTuple):
    """Los datos por registrar y lo que conviene contar de ellos."""

    adjunto: Adjunto
    avisos: tuple[str, ...] = ()


def es_formulario(adjunto: Adjunto) -> bool:
    """Si por su nombre es una planilla y no un archivo de datos."""
    return adjunto.nombre.lower().endswith(EXCEL)


def recibir_datos(vista: Vista, destino: Destino, archivos: Sequence[Adjunto]) -> Recibido:
    """Los datos que los archivos traen. Uno de datos va solo; los formularios se juntan con el borrador."""
    formularios = [a for a in archivos if es_formulario(a)]
    if not formularios:
        if len(archivos) > 1:
            raise UsoIncorrecto(
                "los datos van en un solo archivo; solo los formularios de Excel se juntan",
                lugar="--datos",
                hacer="diga uno solo",
            )
        if archivos[0].contenido.startswith(_OTRO_PROGRAMA):
            raise EntradaInvalida(
                "el archivo no trae datos que se puedan leer",
                lugar=archivos[0].nombre,
                esperado="el formulario de Excel (.xlsx) del documento, o un archivo de datos (.yaml)",
                hacer=f"pida el formulario con: sgc-gt formulario {destino.codigo or destino.tipo.id}",
            )
        return Recibido(archivos[0])
    if len(formularios) < len(archivos):
        raise UsoIncorrecto(
            "un archivo de datos no se junta con formularios de Excel",
            lugar="--datos",
            hacer="diga el archivo de datos, o solo formularios",
        )
    return _de_formularios(vista, destino, formularios)


def _de_formularios(vista: Vista, destino: Destino, formularios: Sequence[Adjunto]) -> Recibido:
    # Aquí, y no arriba: quien trae un archivo de datos no paga lo que cuesta abrir Excel.
    from sgc_gt.listas.formularios.fusion import fusionar, vaciadas, viene_vacio  # noqa: PLC0415
    from sgc_gt.listas.formularios.leer import leer_formulario  # noqa: PLC0415

    actual = leer_datos(destino.actual, "borrador")
    nombres = nombres_de(vista, destino.anio, [actual])
    leidos: list[Leido] = []
    problemas: list[Problema] = []
    for adjunto in formularios:
        leido = leer_formulario(adjunto.contenido, adjunto.nombre, destino.tipo.datos, nombres)
        if ajeno := _ajeno(vista, destino, leido):
            problemas += ajeno  # lo que sus celdas digan es de otro documento: no se corrige
            continue
        problemas += leido.problemas
        if destino.codigo and not leido.problemas and viene_vacio(leido):
            vacio = "viene vacío, y tomarlo borraría lo que el borrador dice"
            problemas.append(Problema(vacio, leido.archivo, hacer=VACIO))
        if not leido.senas.region:
            problemas += _segun_esquema(destino.tipo, leido)
        leidos.append(leido)
    if not problemas:
        fusion = fusionar(actual, leidos)
        problemas = [*fusion.problemas]
        problemas += _de_region(destino.tipo, fusion.datos, leidos) if not problemas else []
    _exigir(problemas, formularios)
    avisos = [f"{leido.archivo}: {aviso}" for leido in leidos for aviso in leido.avisos]
    avisos += [aviso for leido in leidos for aviso in de_otro_periodo(destino, leido)]
    avisos += [f"{leido.archivo}: deja sin nada {parte}." for leido in leidos for parte in vaciadas(leido)]
    return Recibido(
        Adjunto(formularios[0].nombre, a_datos(destino.tipo, fusion.datos)), tuple(dict.fromkeys(avisos))
    )


def _exigir(problemas: Sequence[Problema], formularios: Sequence[Adjunto]) -> None:
    if not problemas:
        return
    unicos = list(dict.fromkeys(problemas))
    sobran = len(unicos) - _MAXIMO
    mostrados = unicos[:_MAXIMO] + ([Problema(f"y {sobran} más como estos")] if sobran > 0 else [])
    uno = len(unicos) == 1
    raise EntradaInvalida(
        "hay un dato del formulario que no se puede recibir"
        if uno
        else f"hay {len(unicos)} datos que no se pueden recibir",
        lugar=formularios[0].nombre if len(formularios) == 1 else f"{len(formularios)} formularios",
        esperado=unicos[0].esperado if uno else "",
        hacer=_que_hacer(unicos),
        problemas=mostrados,
    )


def _que_hacer(problemas: Sequence[Problema]) -> str:
    """Lo que cada problema pide, una vez cada cosa; corregir, si alguno no pide nada distinto."""
    pedidos = dict.fromkeys(p.hacer or "corrija lo indicado, guarde y repita la orden" for p in problemas)
    return "; ".join(pedidos)


def _ajeno(vista: Vista, destino: Destino, leido: Any) -> list[Problema]:
    """Por qué ese formulario no es de este documento."""
    s = leido.senas
    tipos = vista.servicio.tipos
    if s.sigla and s.sigla != vista.servicio.sigla:
        que = f"el formulario es de otro servicio ({s.sigla})"
    elif s.tipo != destino.tipo.id:
        nombre = tipos[s.tipo].nombre if s.tipo in tipos else s.tipo
        que = f"el formulario es de «{nombre}», y se esperaba uno de «{destino.tipo.nombre}»"
    elif s.codigo and s.codigo != destino.codigo:
        que = f"el formulario es de {s.codigo}" + (f", no de {destino.codigo}" if destino.codigo else "")
    elif s.version and destino.version and s.version != destino.version:
        que = f"el formulario es de la versión {s.version}, y la que está en trabajo es la {destino.version}"
    elif s.region and not destino.codigo:
        que = "el formulario es de una sola región, y un documento se crea con el de todo el Servicio"
    else:
        return []
    como = destino.codigo or destino.tipo.id
    hacer = f"pida el que corresponde con: sgc-gt formulario {como}"
    if s.region and not destino.codigo:
        hacer = (
            f"créelo sin datos (sgc-gt crear {como}) y junte en él los de sus regiones "
            "(sgc-gt generar CÓDIGO --datos CARPETA); o pida el de todo el Servicio, sin --region"
        )
    return [Problema(que, leido.archivo, hacer=hacer)]


def de_otro_periodo(destino: Destino, leido: Leido) -> tuple[str, ...]:
    """Lo que conviene mirar si el formulario se pidió para un año que no es el del documento."""
    periodo = leido.senas.periodo[:4]
    if periodo in ("", str(destino.anio)):
        return ()
    return (
        f"{leido.archivo}: el formulario se pidió para {periodo} y el documento es de {destino.anio}: "
        "revise meses, montos y regiones.",
    )


def _segun_esquema(tipo: Tipo, leido: Any) -> list[Problema]:
    """Lo que el esquema no admite, en su celda; lo que falta no impide guardar."""
    ya = {p.lugar for p in leido.problemas}
    faltas = validar_datos(tipo.datos, leido.datos, leido.archivo)
    return [
        Problema(f"{f.titulo}: {f.mensaje}" if f.titulo else f.mensaje, lugar)
        for f in faltas
        if not f.incompleta and (lugar := leido.lugar(f.ruta)) not in ya
    ]


def _de_region(tipo: Tipo, datos: Any, leidos: Sequence[Any]) -> list[Problema]:
    """Lo que el esquema no admite en las filas que llegaron de una región."""
    regionales = [leido for leido in leidos if leido.senas.region]
    if not regionales:
        return []
    hallados = []
    for falta in validar_datos(tipo.datos, datos, "borrador"):
        if falta.incompleta:
            continue
        lugar = _lugar_regional(datos, falta.ruta, regionales)
        if lugar:
            hallados.append(Problema(f"{falta.titulo}: {falta.mensaje}", lugar))
    return hallados


def _lugar_regional(datos: Any, ruta: Sequence[Any], leidos: Sequence[Any]) -> str:
    """La celda de un formulario regional en que está ese dato, o «» si vino de otra parte."""
    valor, fila, resto = datos, None, ruta
    for n, paso in enumerate(ruta):
        valor = valor[paso] if isinstance(valor, (dict, list)) and _tiene(valor, paso) else None
        if isinstance(paso, int) and isinstance(valor, dict) and "region" in valor:
            fila, resto = valor, ruta[n + 1 :]
    for leido in leidos:
        for filas in leido.sueltas.values():
            for leida in filas:
                if leida.valor == fila and leido.senas.region == (fila or {}).get("region"):
                    return str(leida.lugares.get(tuple(resto), leida.lugar))
    return ""


def _tiene(valor: Any, paso: Any) -> bool:
    return paso in valor if isinstance(valor, dict) else isinstance(paso, int) and paso < len(valor)


def descuadres_en(vista: Vista, tipo: str, datos: Adjunto) -> list[str]:
    """Los totales de control que no calzan con sus filas, en oraciones; EntradaInvalida si no se leen."""
    esquema = vista.servicio.tipos[tipo].datos
    return [d.mensaje for d in descuadres(esquema, leer_datos(datos.contenido, datos.nombre))]


def a_datos(tipo: Tipo, valor: Any) -> bytes:
    """Los datos escritos como los escribiría una persona, en el orden del esquema."""
    orden = list(tipo.datos.get("properties", {}))
    claves = sorted(valor, key=lambda c: orden.index(c) if c in orden else len(orden))
    if not claves:
        return b"{}\n"
    return escribir("", [Parte(c, valor[c]) for c in claves])
