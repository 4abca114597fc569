"""Repetir un movimiento: lo que se exige de él dado el estado anterior.

Que sea legal y de quien podía hacerlo, que toque solo sus archivos y los deje como dice, que las huellas,
los resúmenes y el sello correspondan, que el mensaje, la persona y la hora sean los de la ficha, y que las
listas sean las que el acto produce.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from sgc_gt.consultas.derivadas import aplicar, cambios, recontar
from sgc_gt.consultas.firmas import firma_de
from sgc_gt.consultas.replica import Leida, Replica
from sgc_gt.contexto import GENERADORES, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.actos import PONEN_EN_VIGENCIA
from sgc_gt.dominio.ancla import ANCLA, ancla, escribir
from sgc_gt.dominio.cambio_claves import mal_dicho, sin_firma
from sgc_gt.dominio.caso import ficha_nueva
from sgc_gt.dominio.efectos import Borra, Escribe, Mueve, efectos
from sgc_gt.dominio.fechas import imprimir_instante
from sgc_gt.dominio.ficha import Ficha, Movimiento, escribir_ficha, leer_ficha
from sgc_gt.dominio.ficha_siguiente import leer_siguiente
from sgc_gt.dominio.ficha_sistema import CODIGO, ficha_vacia, organizacion
from sgc_gt.dominio.mensaje import anotador, etiqueta, leer_mensaje, mensaje, nombre_etiqueta
from sgc_gt.dominio.organizacion import Organizacion
from sgc_gt.dominio.reglamento import decidir, pedido_de
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.sistema import decidir_sistema
from sgc_gt.repositorio.valores import Commit

Diferencia = dict[str, tuple[str | None, str | None]]


CAMBIADA = (
    "los archivos no son los que el identificador del movimiento resume: alguien puso un dato de la historia "
    "en lugar de otro"
)


class Taller(NamedTuple):
    """Lo que hace falta saber de Word para repetir un acto.

    La huella y el sello se encargan y el valor se pide después: leer Word es casi todo el tiempo, no cambia
    lo que sigue, y otro proceso puede hacerlo mientras la cadena avanza.
    """

    huella: Callable[[bytes, bytes | None, Ficha, str, str], Callable[[], str]]
    sello: Callable[[Vista, Ficha, str, bytes], Callable[[], bytes]]
    generador: str  # el de este programa: lo sellado por otro no se compara byte a byte


Exigencia = Callable[[], None]
"""Algo que falta exigir de un movimiento: levanta `Quiebre` si no se cumple."""


class Repetido(NamedTuple):
    """Lo que deja un movimiento repetido: sus etiquetas y lo que falta exigir de sus archivos Word."""

    etiquetas: dict[str, bytes]
    por_exigir: tuple[Exigencia, ...]
    avisos: tuple[str, ...] = ()  # lo que conviene mirar de él, aunque sea legal


class Quiebre(Exception):
    """Una regla que un movimiento rompe; la repetición no puede seguir con confianza más allá."""

    def __init__(self, regla: str, mensaje_: str) -> None:
        super().__init__(mensaje_)
        self.regla = regla
        self.mensaje = mensaje_


def repetir(
    despues: Replica,
    commit: Commit,
    anterior: Commit | None,
    diferencia: Diferencia,
    taller: Taller,
) -> Repetido:
    """Repite un movimiento sobre la réplica, que queda en el estado siguiente."""
    exigir(commit.padre == (anterior.oid if anterior else None), "cadena", "no sigue al movimiento anterior")
    if anterior:
        exigir(commit.fecha >= anterior.fecha, "fecha", "se registró antes que el movimiento anterior")
    exigir(commit.fecha == commit.fecha_autor, "fecha", _rehecho(commit))
    seguia = escribir(ancla(despues.numero, anterior.oid)) if anterior else ""
    indice = leer_mensaje(commit.mensaje, commit.oid[:12])
    antes = despues.avanzar(diferencia)
    exigir(despues.arbol.oid() == commit.arbol, "historia", CAMBIADA)
    por_exigir: list[Exigencia] = []
    if indice.documentos == (CODIGO,):
        fichas, permitidas = _del_sistema(antes, despues, diferencia)
    else:
        fichas, permitidas = _de_documentos(antes, despues, diferencia, indice.documentos)
        for ficha in fichas:
            por_exigir += [*_huella(despues, ficha, taller), *_sello(antes, despues, ficha, taller)]
    org = organizacion(despues.servicio, despues.sistema) if not anterior else antes.organizacion
    if fichas[0].clase == "sistema":
        org = organizacion(antes.servicio if anterior else despues.servicio, despues.sistema)
    exigir(commit.mensaje == mensaje(fichas, org), "mensaje", "el mensaje no dice lo mismo que la ficha")
    for hecho in (f.actos[-1] for f in fichas):
        _persona(commit, hecho, antes.organizacion if anterior else org)
        firma = firma_de(commit, hecho, antes.servicio if anterior else despues.servicio)
        exigir(not firma.razon, "firma", firma.razon)
        impresa = hecho.extra.get(ANCLA, seguia)
        exigir(
            impresa == seguia, "ancla", f"dice que seguía a {impresa}, y el movimiento anterior es {seguia}"
        )
    ajenas = sorted(set(diferencia) - permitidas)
    exigir(not ajenas, "archivos", f"cambia archivos que no son del acto: {', '.join(ajenas)}")
    despues.olvidar_anterior(diferencia)
    avisos = sin_firma(antes.servicio, despues.servicio, fichas[0].actos[-1]) if anterior else ()
    return Repetido(etiquetas_de(commit, fichas), tuple(por_exigir), avisos)


def _rehecho(commit: Commit) -> str:
    """El sistema anota una sola hora; quien rehace un movimiento por fuera deja dos."""
    return (
        f"alguien lo rehízo por fuera del sistema: se anotó el {imprimir_instante(commit.fecha_autor)} y se "
        f"volvió a escribir con fecha {imprimir_instante(commit.fecha)}; no registre nada más y compare con "
        "un respaldo"
    )


def exigir(condicion: object, regla: str, mensaje_: str) -> None:
    if not condicion:
        raise Quiebre(regla, mensaje_)


def _persona(commit: Commit, m: Movimiento, org: Organizacion) -> None:
    exigir(commit.autor.correo == m.correo, "persona", f"la historia lo atribuye a {commit.autor.correo}")
    exigir(
        commit.registra.correo == m.registra,
        "persona",
        f"la historia dice que lo anotó {commit.registra.correo}",
    )
    for firma in (commit.autor, commit.registra):
        esperado = org.nombre_de(firma.correo, m.fecha)
        exigir(firma.nombre == esperado, "persona", f"figura «{firma.nombre}» donde iba «{esperado}»")
    exigir(
        commit.fecha.isoformat(timespec="seconds") == m.registrado,
        "fecha",
        f"la ficha dice que se registró {m.registrado} y la historia {commit.fecha.isoformat()}",
    )


def _ficha_siguiente(antes: Leida | None, despues: Replica, ruta: str, clase: str) -> Ficha:
    """La ficha que el movimiento dejó: la anterior, intacta, con uno más."""
    datos = despues.leer(ruta)
    exigir(datos is not None, "ficha", f"falta la ficha {ruta}")
    datos = datos or b""
    ficha = leer_siguiente(*antes, datos, ruta) if antes else None
    if ficha is None:
        ficha = leer_ficha(datos, ruta)
        exigir(
            escribir_ficha(ficha) == datos, "ficha", f"{ruta} no está en su forma canónica: se editó a mano"
        )
        previos = antes.ficha.actos if antes else ()
        exigir(
            ficha.actos and ficha.actos[:-1] == previos,
            "ficha",
            f"{ruta} no es la anterior con un movimiento más",
        )
    base = antes.ficha if antes else Ficha(ficha.clave, ficha.tipo, clase, {})
    exigir(base.con(ficha.actos[-1]) == ficha, "ficha", f"{ruta} cambia la identidad sin un acto que lo diga")
    despues.recordar(ruta, ficha, datos)
    return ficha


def _de_documentos(
    antes: Replica,
    despues: Replica,
    diferencia: Diferencia,
    documentos: Sequence[str],
) -> tuple[list[Ficha], set[str]]:
    tocadas = sorted(r for r in diferencia if r.endswith("/ficha.json"))
    exigir(
        len(tocadas) == len(documentos), "archivos", "las fichas que cambian no son las que el mensaje nombra"
    )
    permitidas: set[str] = set()
    fichas = []
    for codigo in documentos:
        previa = antes.buscar(codigo)
        ruta = next((r for r in tocadas if r.endswith(f"/{codigo}/ficha.json")), "")
        exigir(ruta, "ficha", f"falta la ficha de {codigo}")
        clase = previa.clase if previa else _clase(antes.servicio, despues.leer(ruta), ruta)
        leida = antes.leida(rutas.ruta_ficha(previa)) if previa else None
        ficha = _ficha_siguiente(leida, despues, ruta, clase)
        m = ficha.actos[-1]
        decidido = decidir(
            antes.servicio, antes.organizacion, previa, pedido_de(m, codigo, ficha.tipo), antes
        )
        exigir(ruta == rutas.ruta_ficha(ficha), "ficha", f"la ficha de {codigo} no está en su carpeta")
        exigir(decidido == m, "acto", _distinto(decidido, m))
        permitidas |= {ruta} | _efectos(antes, despues, previa, ficha)
        fichas.append(ficha)
    exigir(len({f.codigo for f in fichas}) == len(fichas), "ficha", "dos documentos tienen el mismo código")
    con = partial(cambios, antes, antes.servicio, fichas)
    permitidas |= _listas(despues, aplicar(antes, con()), lambda: aplicar(antes, con(recontar)))
    return fichas, permitidas


def _clase(servicio: Servicio, datos: bytes | None, ruta: str) -> str:
    """La clase que le corresponde a un código que nace, según su tipo; no la que su ficha dice."""
    dicha = leer_ficha(datos or b"", ruta)
    exigir(dicha.tipo in servicio.tipos, "ficha", f"{ruta} es de un tipo que no existía")
    return ficha_nueva(servicio, pedido_de(dicha.actos[-1], dicha.codigo, dicha.tipo)).clase


def _distinto(decidido: Movimiento, anotado: Movimiento) -> str:
    campos = [c for c in Movimiento._fields if getattr(decidido, c) != getattr(anotado, c)]
    return f"el procedimiento habría anotado otra cosa en: {', '.join(campos)}"


def _efectos(antes: Replica, despues: Replica, previa: Ficha | None, ficha: Ficha) -> set[str]:
    carpeta = rutas.carpeta(ficha)
    presentes, quedan = antes.presentes(carpeta), despues.presentes(carpeta)
    esperados = efectos(previa, ficha, presentes)
    for ruta, efecto in esperados.items():
        if isinstance(efecto, Borra):
            exigir(ruta not in quedan, "archivos", f"{ruta} debía retirarse y sigue ahí")
        elif isinstance(efecto, Mueve):
            exigir(quedan.get(ruta) == presentes[efecto.origen], "archivos", f"{ruta} no es {efecto.origen}")
        elif isinstance(efecto, Escribe):
            datos = despues.leer(ruta)
            exigir(
                datos is not None and hashlib.sha256(datos).hexdigest() == efecto.sha256,
                "archivos",
                f"{ruta} no es el archivo que el movimiento declara",
            )
    return set(esperados)


def _huella(despues: Replica, ficha: Ficha, taller: Taller) -> Iterator[Exigencia]:
    """Encarga la huella del archivo que el movimiento dejó: debe ser la anotada."""
    m = ficha.actos[-1]
    if not (m.archivo and m.huella and m.sha256):
        return
    carpeta = rutas.carpeta(ficha)
    for lugar in (f"{carpeta}/borrador", carpeta, f"{carpeta}/por_regir"):
        contenido = despues.leer(f"{lugar}/{m.archivo}")
        if contenido is not None and hashlib.sha256(contenido).hexdigest() == m.sha256:
            datos = despues.leer(f"{lugar}/{rutas.datos_de(m.archivo)}")
            calculada = taller.huella(contenido, datos, ficha, m.version, m.archivo)
            oracion = f"{lugar}/{m.archivo} no tiene el código de verificación anotado"
            yield partial(_exigir_igual, calculada, m.huella, "huella", oracion)
            return


def _sello(antes: Replica, despues: Replica, ficha: Ficha, taller: Taller) -> Iterator[Exigencia]:
    """Lo emitido es el borrador aprobado con el sello que sus actos dictan, byte a byte."""
    m = ficha.actos[-1]
    if m.acto != "emitir" or not m.archivo.endswith(".docx"):
        return
    dicho = m.extra.get("generador")
    exigir(dicho in GENERADORES, "sello", f"{m.archivo} dice que lo selló «{dicho}», que no ha existido")
    if dicho != taller.generador:
        return
    carpeta = rutas.carpeta(ficha)
    aprobado = antes.leer(f"{carpeta}/borrador/{m.archivo}")
    emitido = despues.leer(f"{carpeta}/{m.archivo}") or despues.leer(f"{carpeta}/por_regir/{m.archivo}")
    oracion = f"{m.archivo} no es el borrador aprobado con las firmas, fechas y código de su ficha"
    exigir(aprobado is not None, "sello", oracion)
    sellado = taller.sello(antes, ficha, m.version, aprobado or b"")
    yield partial(_exigir_igual, sellado, emitido, "sello", oracion)


def _exigir_igual(encargado: Callable[[], object], debido: object, regla: str, oracion: str) -> None:
    exigir(encargado() == debido, regla, oracion)


def _listas(
    despues: Replica, esperadas: dict[str, bytes], antiguas: Callable[[], dict[str, bytes]] = dict
) -> set[str]:
    """Las rutas de las listas, que deben ser las esperadas; o, si no, las que antes se escribían."""
    for ruta, datos in esperadas.items():
        hay = despues.leer(ruta)
        exigir(
            hay == datos or hay == antiguas().get(ruta, datos),
            "listas",
            f"{ruta} no es la lista que los actos producen",
        )
    return set(esperadas)


def _del_sistema(antes: Replica, despues: Replica, diferencia: Diferencia) -> tuple[list[Ficha], set[str]]:
    leida = antes.leida(rutas.SISTEMA)
    primero = leida is None
    previa = leida.ficha if leida else ficha_vacia()
    ficha = _ficha_siguiente(leida or Leida(previa, b""), despues, rutas.SISTEMA, "sistema")
    m = ficha.actos[-1]
    servicio = despues.servicio if primero else antes.servicio
    decidido = decidir_sistema(servicio, previa, pedido_de(m, ficha.codigo, ficha.tipo))
    exigir(decidido == m, "acto", _distinto(decidido, m))
    exigir((m.acto == "iniciar") == primero, "cadena", "«iniciar» es el primer movimiento y solo ese")
    permitidas = {rutas.SISTEMA}
    if m.acto in ("iniciar", "configurar"):
        permitidas |= _configuracion(despues, diferencia, m)
    if m.acto == "configurar":
        mal = mal_dicho(antes.servicio, despues.servicio, m)
        exigir(not mal, "configuracion", mal)
    if primero:
        permitidas |= rutas.AL_INICIO | _sin_filas(despues, diferencia)
        permitidas |= {r for r in diferencia if rutas.es_antecedente(r)}
    filas = cambios(antes, despues.servicio, [ficha])
    permitidas |= _listas(despues, aplicar(None if primero else antes, filas))
    return [ficha], permitidas


def _sin_filas(despues: Replica, diferencia: Diferencia) -> set[str]:
    """Las listas con que el servicio nace: solo sus encabezados."""
    listas = {ruta for ruta in diferencia if rutas.es_lista(ruta)}
    for ruta in sorted(listas):
        renglones = (despues.leer(ruta) or b"").strip().count(b"\n")
        exigir(renglones == 0, "listas", f"{ruta} trae filas antes de que haya documentos")
    return listas


def _configuracion(despues: Replica, diferencia: Diferencia, m: Movimiento) -> set[str]:
    declarados = m.extra.get("archivos", {})
    cambiados = {r for r in diferencia if rutas.es_configuracion(r)}
    exigir(set(declarados) == cambiados, "configuracion", "los archivos que cambian no son los declarados")
    for ruta, sha in declarados.items():
        datos = despues.leer(ruta)
        actual = hashlib.sha256(datos).hexdigest() if datos is not None else None
        exigir(actual == sha, "configuracion", f"{ruta} no es el archivo declarado")
    exigir(despues.servicio, "configuracion", "no se puede leer")
    return cambiados


def etiquetas_de(commit: Commit, fichas: Sequence[Ficha]) -> dict[str, bytes]:
    """Las etiquetas de un movimiento, con sus bytes: función de él y de nada más. Vacío si no emite."""
    if fichas[0].actos[-1].acto not in PONEN_EN_VIGENCIA:
        return {}
    quien = anotador(commit.registra.nombre, commit.registra.correo, commit.fecha)
    return {
        nombre_etiqueta(f.clave, f.actos[-1].version): etiqueta(commit.oid, quien, f)
        for f in fichas
        if f.actos[-1].version
    }
