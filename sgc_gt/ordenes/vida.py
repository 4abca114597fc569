"""La vida de un registro archivado: corregir, suspender, disponer y sustraer.

Ningún archivo deja de estar antes de que el movimiento que lo dice quede registrado, y si algo se corta entre
uno y otro, la orden siguiente lo termina (`repositorio.recuperacion`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sgc_gt.consultas import disposicion as consulta
from sgc_gt.consultas.registros import registros
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio import rutas, vida
from sgc_gt.dominio.ficha import Evidencia, Ficha
from sgc_gt.dominio.situacion import CORRIGE, RETIRA, situacion
from sgc_gt.errores import ActoNoPermitido, IntegridadRota, NoEncontrado, UsoIncorrecto
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Peticion, pedido, unicos
from sgc_gt.repositorio.contenidos import Contenido

COPIAS_FUERA = (
    "lo que salió de esta carpeta (respaldos, copias entregadas, paquetes de auditoría) lo elimina quien lo "
    "tiene: el sistema no llega hasta allá"
)


def corregir(ctx: Contexto, codigo: str, por: str, peticion: Peticion) -> list[Resultado]:
    """Anota que el registro lo corrige otro (`por`) o una nota (el motivo); los dos quedan a la vista."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        if not por:
            return [_propuesta(ctx, vista, "corregir", codigo, peticion, ahora)]
        posterior = situacion(vista.ficha(por)).vigente
        if posterior is None or posterior.estado not in tabla.CONSERVADOS:
            raise ActoNoPermitido(
                f"{por} no es un registro archivado: no puede corregir a otro",
                lugar="--por",
                esperado="un registro archivado después",
                hacer="archívelo primero, o deje una nota con --motivo",
            )
        _exigir_posterior(vista.ficha(codigo), vista.ficha(por))
        propio = peticion._replace(extra={**peticion.extra, vida.POR: por})
        ajeno = peticion._replace(adjuntos=(), extra={**peticion.extra, CORRIGE: codigo})
        return [
            _propuesta(ctx, vista, "corregir", codigo, propio, ahora),
            _propuesta(ctx, vista, "corregir", por, ajeno, ahora),
        ]

    return registrar(ctx, preparar)


def _exigir_posterior(equivocado: Ficha, corrige: Ficha) -> None:
    """Lo corrige lo que llegó aquí después: así ninguna cadena de correcciones vuelve sobre sí misma."""
    antes, despues = (datetime.fromisoformat(f.actos[0].registrado) for f in (equivocado, corrige))
    if despues < antes:
        raise ActoNoPermitido(
            f"{corrige.codigo} se anotó antes que {equivocado.codigo}: no puede corregirlo",
            lugar="--por",
            esperado="un registro posterior",
            hacer="archive de nuevo el correcto y cítelo, o deje una nota con --motivo, sin --por",
        )


def anotar(ctx: Contexto, acto: str, codigos: Sequence[str], peticion: Peticion) -> list[Resultado]:
    """Registra el acto en todos los registros a la vez; una propuesta vale por los suyos.

    Al autorizar, avisa lo que la eliminación no alcanza: quien decide lo sabe antes.
    """

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        elegidos = _elegidos(vista, codigos)
        return [_propuesta(ctx, vista, acto, codigo, peticion, ahora) for codigo in elegidos]

    hechos = registrar(ctx, preparar)
    return _con_lo_que_no_se_ira(ctx, hechos) if acto == "autorizar-disposicion" else hechos


def proponer(
    ctx: Contexto, codigos: Sequence[str], serie: str, destino: str, peticion: Peticion
) -> list[Resultado]:
    """Abre una propuesta de disposición: los códigos dichos, o todo lo que la serie tiene vencido."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        hoy = ahora.date()
        elegidos = _elegidos(vista, codigos) if codigos else _de_la_serie(vista, serie, hoy)
        _exigir_ante_procedimientos(vista, elegidos, hoy)
        numero = consulta.siguiente_numero(vista, (peticion.fecha or hoy).year)
        propias = {c: _con_destino(vista, c, destino, numero, peticion) for c in elegidos}
        return [_propuesta(ctx, vista, "proponer-disposicion", c, p, ahora) for c, p in propias.items()]

    return _con_lo_que_no_se_ira(ctx, registrar(ctx, preparar))


def _con_lo_que_no_se_ira(ctx: Contexto, resultados: list[Resultado]) -> list[Resultado]:
    """Los resultados y, si lo propuesto es eliminar, el aviso de lo que de cada registro no se irá."""
    vista = ctx.vista()
    return [r._replace(avisos=(*r.avisos, *_lo_que_no_se_ira(vista.ficha(r.codigo)))) for r in resultados]


def _lo_que_no_se_ira(ficha: Ficha) -> list[str]:
    curso = vida.curso(ficha)
    eliminacion = curso and curso.propuesta.extra[vida.DESTINO] == vida.ELIMINACION
    queda = eliminacion and vida.transcrito(ficha)
    return [f"de {ficha.codigo} se irá el archivo{vida.QUEDARA_TRANSCRITO}"] if queda else []


def disponer(ctx: Contexto, codigos: Sequence[str], peticion: Peticion) -> list[Resultado]:
    """Registra el resultado, y recién entonces los archivos dejan de estar.

    Los avisos dicen dónde quedan todavía los mismos bytes.
    """
    avisos: dict[str, list[str]] = {}

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        _exigir_acta(vista, str(peticion.extra.get(vida.ACTA, "")))
        propuestas = []
        for codigo in _elegidos(vista, codigos):
            ficha = vista.ficha(codigo)
            retira = vida.por_retirar(ficha)
            avisos[codigo] = _mirar(vista, ficha, retira)
            propia = _que_retira(peticion, retira)
            hecha = _propuesta(ctx, vista, "disponer", codigo, propia, ahora)
            propuestas.append(hecha._replace(retira=retira))
        return propuestas

    return _retirando(ctx, registrar(ctx, preparar), avisos)


def sustraer(ctx: Contexto, codigo: str, archivo: str, peticion: Peticion) -> list[Resultado]:
    """Retira un archivo subido por error, con el acto que lo ordena; queda su huella y su razón."""
    avisos: dict[str, list[str]] = {}

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        ficha = vista.ficha(codigo)
        retira = _que_sustraer(ficha, archivo)
        avisos[codigo] = _mirar(vista, ficha, retira, puede_faltar=True)
        hecha = _propuesta(ctx, vista, "sustraer", codigo, _que_retira(peticion, retira), ahora)
        return [hecha._replace(retira=retira)]

    return _retirando(ctx, registrar(ctx, preparar), avisos)


def _retirando(
    ctx: Contexto, resultados: list[Resultado], avisos: Mapping[str, Sequence[str]]
) -> list[Resultado]:
    ctx.repo.olvidar()  # lo que las consultas recordaban de esos archivos también se va
    return [r._replace(avisos=(*r.avisos, *avisos[r.codigo])) for r in resultados]


def _propuesta(
    ctx: Contexto, vista: Vista, acto: str, codigo: str, peticion: Peticion, ahora: datetime
) -> Propuesta:
    p, evidencia = pedido(ctx, acto, codigo, vista.ficha(codigo), peticion, ahora)
    return Propuesta(p, evidencias=evidencia)


def _que_retira(peticion: Peticion, nombres: Sequence[str]) -> Peticion:
    return peticion._replace(extra={**peticion.extra, RETIRA: list(nombres)})


def _elegidos(vista: Vista, dichos: Sequence[str]) -> list[str]:
    codigos = unicos(consulta.expandir(vista, dichos))
    if not codigos:
        raise NoEncontrado(
            f"no hay registros en {', '.join(dichos)}",
            hacer="vea las propuestas abiertas con: sgc-gt disposicion",
        )
    for codigo in codigos:
        if "/" not in codigo and vista.buscar(codigo):
            raise ActoNoPermitido(
                "es un documento: cada versión emitida está en la historia, que no olvida, y no tiene "
                "disposición propia",
                lugar=codigo,
                esperado="un registro, como RG-GT-06/2019/001",
                hacer="para que deje de regir: sgc-gt dejar-sin-efecto",
            )
    return codigos


def _de_la_serie(vista: Vista, serie: str, hoy: date) -> list[str]:
    sin_plazo = not vista.servicio.serie(serie).retencion_anios
    hallados = consulta.vencidas(vista, serie, hoy)
    if not hallados and sin_plazo:
        raise ActoNoPermitido(
            f"la serie {serie} no dice cuántos años se conserva: nada suyo cumple su retención",
            lugar=serie,
            hacer=f"escriba su plazo y su base legal en {rutas.SERIES} y regístrelo con: sgc-gt configurar",
        )
    if not hallados:
        raise ActoNoPermitido(
            "nada de esta serie tiene la retención cumplida y la disposición por abrir",
            lugar=serie,
            hacer="vea qué se conserva y hasta cuándo con: sgc-gt registros",
        )
    return hallados


def _con_destino(vista: Vista, codigo: str, destino: str, numero: str, peticion: Peticion) -> Peticion:
    serie = vista.servicio.series.get(codigo.partition("/")[0])
    propio = {vida.PROPUESTA: numero, vida.DESTINO: destino or vida.destino_de(serie)}
    return peticion._replace(extra={**peticion.extra, **propio})


def _exigir_ante_procedimientos(vista: Vista, codigos: Iterable[str], hoy: date) -> None:
    """Si un procedimiento vigente pide guardarlo más tiempo que el catálogo, manda el plazo más largo."""
    pedidas = [f for f in registros(vista, "", hoy) if f.pedido]
    for codigo in codigos:
        for f in pedidas:
            corto = f.codigo == codigo.partition("/")[0] and "retencion" in f.catalogo_difiere
            if corto and codigo not in {i.codigo for i in f.vencidos}:
                raise ActoNoPermitido(
                    f"{f.procedimiento} pide conservarlo {f.retencion}, y ese plazo no se cumple todavía",
                    lugar=codigo,
                    esperado="el plazo más largo entre el catálogo de series y los procedimientos vigentes",
                    hacer="espere, o corrija el procedimiento si el plazo está mal",
                )


def _exigir_acta(vista: Vista, codigo: str) -> None:
    """El acta citada es un registro archivado."""
    if not codigo:
        return
    v = situacion(vista.ficha(codigo)).vigente
    if v is None or v.estado not in tabla.CONSERVADOS:
        raise ActoNoPermitido(
            f"el acta {codigo} todavía no está archivada",
            lugar="--acta",
            esperado="un acta que terminó su circuito",
            hacer="termine su circuito, o adjunte el acta firmada con --adjunto",
        )


def _que_sustraer(ficha: Ficha, archivo: str) -> tuple[str, ...]:
    """El archivo nombrado o, sin nombre, el del registro; UsoIncorrecto si hay varios y no se dice cuál."""
    if archivo:
        return (archivo,)
    ya = vida.retirados(ficha)
    m = ficha.actos[0]
    if m.acto == "registrar" and m.archivo:
        return () if m.archivo in ya else (m.archivo,)
    nombres = [e.archivo for m in ficha.actos for e in vida.piezas(m) if e.archivo not in ya]
    if len(nombres) > 1:
        raise UsoIncorrecto(
            f"{ficha.codigo} guarda {len(nombres)} archivos, y no se dice cuál se sustrae",
            lugar="--archivo",
            esperado=", ".join(nombres),
            hacer="repita la orden con --archivo y uno de ellos",
        )
    return tuple(nombres)


def _mirar(vista: Vista, ficha: Ficha, nombres: Sequence[str], *, puede_faltar: bool = False) -> list[str]:
    """IntegridadRota si un archivo no es el registrado; devuelve lo que conviene saber antes de retirarlo."""
    avisos = []
    suyas = {e.archivo: e for m in ficha.actos for e in vida.piezas(m)}
    for nombre in nombres:
        if nombre not in suyas:  # la guarda dice cuáles son
            continue
        e = suyas[nombre]
        ruta = f"{rutas.carpeta(ficha)}/{rutas.EVIDENCIAS}/{nombre}"
        causa = vista.repo.revisar_contenido(Contenido(ruta, e.tamano, e.sha256))
        if causa == "falta" and puede_faltar:
            avisos.append(f"{ruta} ya no estaba en su carpeta: desde ahora consta por qué")
        elif causa:
            raise IntegridadRota(
                _CAUSAS[causa],
                lugar=ruta,
                esperado=f"el archivo registrado, sha256 {e.sha256[:16]}…",
                hacer="recupérelo del respaldo de la carpeta, o ciérrelo si está abierto, y repita la orden",
            )
        avisos += [f"los mismos bytes de {nombre} siguen en {otro}" for otro in _iguales(vista, ficha, e)]
    if vida.transcrito(ficha):
        avisos.append(f"de {ficha.codigo}, {vida.QUEDA_TRANSCRITO.removeprefix('; ')}: solo se va su archivo")
    return [*avisos, COPIAS_FUERA] if nombres else avisos


_CAUSAS = {
    "falta": "el archivo falta, y disponer de él taparía la pérdida",
    "alterado": "el archivo no es el que se registró: no se sabe qué se eliminaría",
    "enlace": "en lugar del archivo hay un acceso a otra parte",
    "ilegible": "el archivo no se puede leer: está abierto en otro programa, o falta permiso",
}


def _iguales(vista: Vista, ficha: Ficha, buscada: Evidencia) -> list[str]:
    """Otros lugares de esta carpeta donde están los mismos bytes: no se van con el registro."""
    hallados = []
    for otra in vista.fichas():
        ya = vida.retirados(otra)
        for m in otra.actos:
            for e in vida.piezas(m):
                es_ella = otra.codigo == ficha.codigo and e.archivo == buscada.archivo
                if e.sha256 == buscada.sha256 and not es_ella and e.archivo not in ya:
                    hallados.append(f"{otra.codigo} ({e.archivo})")
            if m.sha256 == buscada.sha256 and m.acto != "registrar":
                hallados.append(f"la historia, como {m.archivo} de {otra.codigo}: ella no olvida")
    return list(dict.fromkeys(hallados))
